/** Configs that hold secrets in every place, and the damage that typing and pasting does to a file. */
import fc from 'fast-check';
import { accountKeys } from '../../src/config/rules/account-keys.ts';

/** Each is a run of letters and digits in parts of 8 and more: whatever is left of one is found. */
const secrets = [
  'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1',
  'Zz81kQpW03nBvC72mXsL45tYgH96rTjD',
  'hunterhunter2hunter',
  '4815162342108642',
  'correcthorsebattery7',
  'R3disPassw0rdInUrl',
  'Pr0xyUserPassw0rd',
  'GatewayT0ken4711xyz',
  'B3arerInComment99aa',
  'otherPr0gramsT0ken55',
  'EnvSecretValue2026q',
  'k3yInAMapOfTokens8',
  // Whatever is cut out of it, what remains has digits within letters.
  'p4s5w6o7r8d9e0f1',
] as const;

const [app, other, word, digits, name, redis, domain, gateway, comment, foreign, env, key, mixed] =
  secrets;

const APP_ID = 'cli_a1b2c3d4e5f60718';

/** A secret in the place of each key's value, in four forms: a text, an object, a list, a reference. */
const everywhere = [0, 1, 2, 3].map((turn) =>
  JSON.stringify({
    channels: {
      feishu: Object.fromEntries(
        Object.keys(accountKeys).map((key, at) => {
          const secret = secrets[at % secrets.length] ?? app;
          const forms = [
            secret,
            { ou_a1: { systemPrompt: secret, [secret]: secret } },
            [secret, { note: secret }],
            { source: 'exec', provider: secret, id: secret },
          ];
          return [key, forms[(at + turn) % forms.length]];
        }),
      ),
    },
  }),
);

/** A secret where the path of a file belongs: nothing but the missing file is wrong. */
export const misplacedSecrets: readonly string[] = [
  `{"channels": {"feishu": {"appId": "${APP_ID}", "appSecretFile": "${other}"}}}`,
  `{"$include": "./${app}"}`,
];

const configs: readonly string[] = [
  ...everywhere,
  ...misplacedSecrets,
  `{
  // the old one was ${comment}, Authorization: Bearer ${comment}
  "env": { "FEISHU_SECRET": "${env}", "vars": { "OTHER": "${env}" } },
  "gateway": { "port": 18789, "auth": { "mode": "token", "token": "${gateway}" } },
  "models": { "providers": { "a": { "headers": { "Authorization": "Bearer ${foreign}" } } } },
  "tokens": { "${key}": { "uses": 3 } },
  "channels": {
    "telegram": { "botToken": "${foreign}" },
    "feishu": {
      "enabled": true,
      "appId": "${APP_ID}",
      "appSecret": "${app}",
      "dmPolicy": "open",
      "inbox": "redis://default:${redis}@10.0.0.1:6379/0",
      "domain": "https://${domain}:${domain}@open.example.com",
      "name": "${name}",
      "welcome": "${word}",
      "pin": ${digits},
      "accounts": {
        "work": { "appId": "cli_0000000000000001", "appSecret": "${other}", "note": "${word}" }
      }
    }
  }
}
`,
  `{channels: {feishu: {appId: '${app}', appSecret: '${APP_ID}', groups: {oc_1: '${word}'}}},
  // token=${comment}
  hooks: {token: '${gateway}', url: 'https://${foreign}:${foreign}@example.com/?access_token=${foreign}'}, plugins: {entries: {feishu: {config: {password: '${name}'}}}}}
`,
  `{"channels":{"feishu":"${app}","slack":{"appToken":"${foreign}","signingSecret":"${name}"}},"env":{"A":"${env}"}}`,
  `{"channels":{"feishu":{"enabled":true,"appId":"${APP_ID}","appSecret":"${app}","accounts":{"work":"${other}"},"allowFrom":["${word}"],"inbox":"Redis://u:${redis}@h/0"}}}`,
  // Passwords as names: of unknown keys, of keys below them, and of groups' keys. All else is right.
  `{"channels":{"feishu":{"enabled":true,"appId":"${APP_ID}","allowUsers":{"ou_a1":{"${mixed}":1,"user${mixed}":2}},"${mixed}":{"userAllowList":["a",{"user${mixed}":1}]},"groups":{"oc_1":{"${mixed}":true}},"dms":{"ou_1":{"user${mixed}":{}}}}}}`,
  `{"channels":{"feishu":{"enabled":true,"appId":"${APP_ID}","${mixed}":{"a":1},"groups":{"oc_1":{"${mixed}":true}},"x${mixed}":[{"user${mixed}":1}]}}}`,
  `{\n  "channels": {\n    "feishu": {\n      "appId":\n        "${APP_ID}",\n      "appSecret":\n        "${app}", /* was\n        ${comment} */\n      "mediaMaxMb": ${digits},\n      "streaming": "${word}"\n    }\n  }\n}\n`,
];

type Damage = (text: string, at: number) => string;

const replaced = (text: string, at: number, length: number, by: string): string =>
  text.slice(0, at) + by + text.slice(at + length);

const lookalikes: Readonly<Record<string, readonly string[]>> = {
  '"': ['“', '”', '＂', "'", ''],
  "'": ['‘', '’', '＇', '"', ''],
  ':': ['：', '', ' ', '='],
  ',': ['，', '、', ';', ''],
  '{': ['｛', ''],
  '}': ['｝', ''],
  '[': ['［', ''],
  ']': ['］', ''],
};

/** The next character, from a place on, that has a look-alike. */
const lookalike =
  (choice: number): Damage =>
  (text, at) => {
    const found = text.slice(at).search(/["':,{}[\]]/);
    if (found < 0) return text;
    const choices = lookalikes[text[at + found] ?? ''] ?? [''];
    return replaced(text, at + found, 1, choices[choice % choices.length] ?? '');
  };

const damages = fc.oneof(
  fc.constant<Damage>((text, at) => replaced(text, at, 1, '')),
  fc.constant<Damage>((text, at) => replaced(text, at, 0, text[at] ?? '')),
  fc.constant<Damage>((text, at) => replaced(text, at, 0, '\n')),
  fc.constant<Damage>((text, at) => {
    const end = text.indexOf('\n', at);
    return end < 0 ? text : replaced(text, end, 1, '');
  }),
  fc
    .integer({ min: 2, max: 12 })
    .map<Damage>((length) => (text, at) => replaced(text, at, length, '')),
  fc.nat(9).map(lookalike),
  fc.nat(9).map(lookalike),
);

/** One of the configs with one to five places damaged. */
export const damagedConfigs: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...configs),
    fc.array(fc.tuple(damages, fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 5,
    }),
  )
  .map(([config, steps]) =>
    steps.reduce((text, [damage, place]) => damage(text, Math.floor(place * text.length)), config),
  );

const LENGTH = 8;

const pieces: ReadonlySet<string> = new Set(
  secrets.flatMap((secret) =>
    Array.from({ length: secret.length - LENGTH + 1 }, (_, at) => secret.slice(at, at + LENGTH)),
  ),
);

/** Every 8 characters in a row that a secret has, too. */
export function secretsIn(text: string): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[A-Za-z0-9]{8,}/g)) {
    for (let at = 0; at + LENGTH <= run.length; at++) {
      const piece = run.slice(at, at + LENGTH);
      if (pieces.has(piece)) found.push(piece);
    }
  }
  return found;
}
