/** What may go wrong on the way: each has its own explanation, and a way on that works. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ENTER } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';
import { asked, down, given, scanning, scene, TOKEN } from './scene.ts';
import { person, type Stage, stage, texts } from './stage.ts';

describe('the scan', () => {
  it('is refused on the phone: a new code, and it goes on', async () => {
    const { somebody, screen, sandbox, takes, section } = await scene({}, scanning);
    await somebody.sees(texts.validFor);
    sandbox.registration.deny();
    await takes(0);
    const app = await somebody.scans();
    await somebody.writes(app.appId);
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    expect(await section()).toMatchObject({ appId: app.appId });
  });

  it('comes too late: a new code stands there by itself', async () => {
    const { somebody, screen, sandbox, section } = await scene({}, scanning);
    await somebody.sees(texts.validFor);
    sandbox.registration.expire();
    await somebody.sees(texts.renewed);
    const app = await somebody.scans();
    await somebody.writes(app.appId);
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    expect(await section()).toMatchObject({ appId: app.appId });
  });

  it('cannot begin, since the platform is away: another way is taken', async () => {
    const { somebody, sandbox, takes, finishes } = await scene({}, scanning, ({ sandbox }) =>
      sandbox.fault({
        match: { path: '/oauth/v1/app/registration' },
        do: { kind: 'status', status: 500 },
      }),
    );
    await takes(1);
    await somebody.answer(texts.askMethod, down(1));
    await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
    await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
    await finishes();
  });

  it('survives a network that goes and comes', async () => {
    const { somebody, screen, sandbox } = await scene({}, scanning);
    await somebody.sees(texts.validFor);
    const fault = sandbox.fault({
      match: { path: '/oauth/v1/app/registration' },
      times: 3,
      do: { kind: 'drop' },
    });
    const app = await somebody.scans();
    await somebody.writes(app.appId);
    fault.clear();
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
  });
});

describe('the credentials', () => {
  it('hold a wrong secret: the App ID is said to exist, and the secret is asked again', async () => {
    const { somebody, sandbox, finishes } = await scene({}, asked);
    await somebody.answer(texts.askAppSecret, `not-the-secret${ENTER}`);
    await somebody.sees(texts.wrongSecret);
    await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
    await finishes();
  });

  it('hold an App ID that is not there: another one is asked for', async () => {
    const { somebody, sandbox, finishes } = await scene({}, () => [
      '--app-id',
      'cli_00000000000000ff',
    ]);
    await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
    await somebody.sees(texts.wrongAppId);
    await somebody.answer(texts.askAppId, `${'\u007F'.repeat(30)}${sandbox.appId}${ENTER}`);
    await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
    await finishes();
  });

  it('are typed wrong: the prompt says what an App ID looks like, and stays', async () => {
    const { somebody, screen, sandbox, finishes } = await scene({}, () => []);
    await somebody.answer(texts.askMethod, down(1));
    await somebody.answer(texts.askAppId, `cli_nonsense${ENTER}`);
    await screen.see('is not an App ID');
    screen.type(`${'\u007F'.repeat(12)}${sandbox.appId}${ENTER}`);
    await somebody.answer(texts.askAppSecret, ENTER);
    await somebody.sees(texts.emptySecret);
    screen.type(sandbox.appSecret + ENTER);
    await finishes();
  });
});

const platformTroubles: readonly [
  string,
  Parameters<Stage['sandbox']['fault']>[0]['do'],
  RegExp,
][] = [
  ['answers 500', { kind: 'status', status: 500 }, /HTTP 500/],
  ['cuts the connection', { kind: 'drop' }, /reset|closed|ended/i],
  ['answers a page of HTML', { kind: 'status', status: 200, body: '<html>login</html>' }, /JSON/],
  ['is too busy', { kind: 'code', code: 99991400, msg: 'too fast', status: 429 }, /99991400|429/],
  ['does not let this address in', { kind: 'code', code: 99991401, msg: 'denied' }, /99991401/],
];

describe('the platform', () => {
  it.each(platformTroubles)('%s: said, and tried again', async (_name, trouble, said) => {
    let clear: () => void = () => undefined;
    const { screen, takes, finishes } = await scene({}, given, ({ sandbox }) => {
      ({ clear } = sandbox.fault({ match: { path: TOKEN }, do: trouble }));
    });
    await screen.see(said);
    clear();
    await takes(0);
    await finishes();
  });

  it('refuses connections: said, and tried again', async () => {
    const { screen, sandbox, takes, finishes } = await scene({}, given, ({ sandbox }) =>
      sandbox.refuse(true),
    );
    await screen.see('refused the connection');
    sandbox.refuse(false);
    await takes(0);
    await finishes();
  });

  it('lies behind a proxy that is down: the proxy is named, and one can leave', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:9' };
    const { screen, somebody } = await scene({}, given, undefined, env);
    await screen.see('127.0.0.1:9');
    await somebody.answer(texts.askRetry, down(1));
    expect(await screen.ended()).toBe(4);
  });
});

describe('the proof', () => {
  it('gets no message: the causes in order, each looked at, and one may go on', async () => {
    const { somebody, screen, sandbox } = await scene({}, given, ({ sandbox }) =>
      sandbox.configureApp({ eventMode: 'webhook' }),
    );
    await somebody.sees(texts.waiting);
    screen.type('d');
    await somebody.sees(texts.proofNothing);
    await screen.see('cannot be read');
    await somebody.answer(texts.askRetry);
    sandbox.configureApp({ eventMode: 'websocket' });
    await somebody.writes();
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
  });

  it('is skipped: told as not checked', async () => {
    const { somebody, screen } = await scene({}, given);
    await somebody.sees(texts.waiting);
    screen.type('s');
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    expect(screen.screen).toContain('no test message arrived');
  });
});

describe('this machine', () => {
  it('has a config that does not parse: line and column, untouched', async () => {
    const text = '{\n  channels: {\n    oops\n';
    const set = await scene({}, given, async ({ config }) => {
      await mkdir(dirname(config));
      await writeFile(config, text);
    });
    await set.screen.see('line 4');
    expect(await set.screen.ended()).toBe(5);
    expect(await readFile(set.config, 'utf8')).toBe(text);
  });

  it('has another plugin for the channel: named, and without consent nothing is written', async () => {
    const set = await scene({}, given, async ({ home }) => {
      const folder = join(home, '.clawdbot', 'extensions', 'feishu');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'clawdbot.plugin.json'), '{"id":"feishu"}');
      await writeFile(join(folder, 'package.json'), '{"name":"somebody-elses"}');
    });
    await set.screen.see('somebody-elses');
    await set.screen.see('Switch to moltbot-feishu?');
    set.screen.type(down(1));
    expect(await set.screen.ended()).toBe(0);
    expect(await readdir(join(set.home, '.clawdbot'))).toEqual(['extensions']);
  });

  it('has a window of 80 columns: the code fits, in both languages', async () => {
    for (const lang of ['en', 'zh'] as const) {
      const set = await stage({ registration: { intervalS: 0.05 } }, { lang });
      const screen = set.open(...scanning());
      await person(set, screen).sees(texts.validFor);
      const code = screen.screen.split('\n').filter((line) => /[▀▄█]{3}/.test(line));
      expect(code.length).toBeGreaterThan(30);
      expect(Math.max(...code.map((line) => line.length))).toBeLessThanOrEqual(80);
      screen.type('\u0003');
      expect(await screen.ended()).toBe(130);
    }
  });

  it('has a window too small for a code: said, with the link; enlarged, the code is drawn', async () => {
    const set = await stage(
      { registration: { intervalS: 0.05 } },
      { size: { columns: 60, rows: 20 } },
    );
    const screen = set.open(...scanning());
    await screen.see('too small');
    await screen.see('user_code=');
    for (const [columns, rows] of [
      [80, 24],
      [120, 40],
    ] as const) {
      const before = screen.raw.length;
      screen.resize(columns, rows);
      await screen.see('Waiting for the scan');
      await waitFor(
        () => expect(screen.raw.slice(before)).toMatch(/[▀▄█]{3}[\s\S]*Waiting for/),
        20_000,
      );
      const drawn = screen.raw.slice(screen.raw.lastIndexOf('\u001B[2J'));
      expect(drawn.split('\n').length).toBeLessThanOrEqual(rows);
    }
    const app = set.sandbox.registration.approve({});
    await person(set, screen).sees(texts.created);
    screen.type('\u0003');
    expect(await screen.ended()).toBe(130);
    expect(app.appId).toMatch(/^cli_/);
  });
});
