/** A config, however damaged, gives no secret away: not in a text, not as JSON, in no command. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asKnownError, errorDocument, showError } from '../../src/commands/failure.ts';
import type { Shell } from '../../src/commands/shell.ts';
import { listAccounts, resolveAccount } from '../../src/config/account/accounts.ts';
import { loadAppSecret } from '../../src/config/account/app-secret.ts';
import { planConfigChange } from '../../src/config/change/change.ts';
import { removalEdits, sectionRemoval } from '../../src/config/change/removal.ts';
import { type FileSystem, nodeFileSystem } from '../../src/config/file/file-system.ts';
import { locateConfig } from '../../src/config/locate.ts';
import { readConfig } from '../../src/config/read.ts';
import { reportBundle } from '../../src/doctor/report/report-bundle.ts';
import { createLineLogger } from '../../src/shared/log.ts';
import { Secret } from '../../src/shared/secret.ts';
import { createColors } from '../../src/shared/terminal/color.ts';
import { type Lang, render } from '../../src/shared/text/text.ts';
import { accountEdits } from '../../src/wizard/account-edits.ts';
import { damagedConfigs, misplacedSecrets, secretsIn } from '../support/damaged-configs.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';

const home = '/home/ann';
const path = '/home/ann/.clawdbot/moltbot.json';
const location = locateConfig({ env: {}, home, explicitPath: path, fileExists: () => true });
const choice = {
  accountId: 'default',
  appId: 'cli_a1b2c3d4e5f60719',
  secret: { kind: 'literal', value: new Secret('N3wSecretOfTheChange') },
  domain: 'feishu',
} as const;

/** A disk that holds one config. */
function diskWith(text: string): FileSystem {
  return {
    ...nodeFileSystem,
    readFile: async (file) => {
      if (file === path) return Buffer.from(text);
      throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    },
    realpath: async (file) => file,
  };
}

/** Everything that the commands say of a text: results, warnings, diffs, errors, in both forms. */
async function everythingSaid(text: string): Promise<string> {
  const said: string[] = [];
  const out = { write: (line: string) => said.push(line) };
  const log = createLineLogger({ write: (line) => said.push(line), level: 'debug', now: () => 0 });
  const shellIn = (lang: Lang, json: boolean) =>
    ({
      lang,
      json,
      verbose: true,
      home,
      env: {},
      stdout: out,
      stderr: out,
      human: out,
      paint: createColors(false),
      log,
      signal: new AbortController().signal,
      say: (what: Parameters<Shell['say']>[0]) => render(what, lang),
    }) as unknown as Shell;
  const shells = [shellIn('en', false), shellIn('zh', true)];
  const fails = (error: unknown): undefined => {
    for (const shell of shells) showError(shell, error);
    const known = asKnownError(shells[0] as Shell, error);
    said.push(JSON.stringify([errorDocument(shells[0] as Shell, known), known.details]));
    log.error('failed', { problem: known.message });
  };
  const fs = diskWith(text);
  const env = {};
  const readText = async (file: string) => (file === path ? text : undefined);
  const document = await readConfig(location, { env, readText, missingVariables: 'ignore' }).catch(
    fails,
  );
  if (document) {
    for (const shell of shells)
      said.push(...document.warnings.map(({ text: warning }) => shell.say(warning)));
    const report = reportBundle({
      version: '0',
      node: 'v20',
      platform: 'linux',
      home,
      env,
      accounts: [{ id: 'default', botName: undefined, checks: [], document, secret: undefined }],
    });
    said.push(report);
    const { section } = document;
    for (const id of section ? listAccounts(section) : []) {
      const account = section && resolveAccount(section, id);
      if (account) await loadAppSecret(account, { location, home }).catch(fails);
    }
  }
  const changes = [
    planConfigChange(location, (now) => accountEdits(now.section, choice), { env, fs }),
    planConfigChange(location, (now) => removalEdits(now, 'default'), { env, fs }),
    planConfigChange(location, (now) => sectionRemoval(now), { env, fs }),
  ];
  for (const change of changes) {
    const plan = await change.catch(fails);
    if (plan) said.push(plan.diff('en'), plan.snippet, render(plan.byHand, 'zh'));
  }
  return said.join('\n');
}

it('says nothing of a secret, of 10,000 damaged configs', async () => {
  await fc.assert(
    fc.asyncProperty(damagedConfigs, async (text) => {
      expect(secretsIn(await everythingSaid(text))).toStrictEqual([]);
    }),
    { numRuns: 10_000 },
  );
}, 300_000);

it('says nothing of a secret through the real commands', async () => {
  const dirty: string[] = [];
  const samples = [...fc.sample(damagedConfigs, { numRuns: 3, seed: 13 }), ...misplacedSecrets];
  for (const [index, text] of samples.entries()) {
    const folder = await temporaryHome();
    const config = join(folder, '.clawdbot', 'moltbot.json');
    await mkdir(dirname(config), { recursive: true });
    await writeFile(config, text, { mode: 0o600 });
    const common = ['--config', config, ...(index % 2 ? ['--json'] : ['--verbose'])];
    const setup = ['setup', '--app-id', choice.appId, '--no-verify', '--dry-run', '--host', 'none'];
    for (const words of [['doctor'], ['run'], setup, ['remove', '--all', '--dry-run']]) {
      const ended = await runProgram([...words, ...common], {
        home: folder,
        env: { FEISHU_APP_SECRET: 'N3wSecretOfTheChange', https_proxy: 'http://127.0.0.1:9' },
      });
      dirty.push(...secretsIn(ended.stdout + ended.stderr).map((piece) => `${words[0]}: ${piece}`));
    }
  }
  expect(dirty).toStrictEqual([]);
}, 120_000);
