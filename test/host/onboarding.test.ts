/** Our wizard on a host's prompts, in a pseudo-terminal: what a person sees, and what the host gets. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../support/home.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { CTRL_C, DOWN, ENTER, openTerminal, type Terminal } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';

const program = fileURLToPath(new URL('clawdbot-shape/onboard.mjs', import.meta.url));
const patience = { timeout: 30_000, interval: 25 };
const wrongSecret = 'NotTheSecretOfThisApp00000000000';

interface Stage {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly screen: Terminal;
  /** Goes down a list until the entry is the marked one, then takes it. */
  choose(question: string, entry: RegExp): Promise<void>;
  /** The config as the host writes it. */
  written(): Promise<Record<string, never>>;
}

async function stage(
  section: (sandbox: Sandbox) => unknown = ({ url }) => ({ domain: url }),
  {
    columns = 100,
    rows = 50,
    lang = 'en',
  }: { readonly columns?: number; readonly rows?: number; readonly lang?: 'en' | 'zh' } = {},
): Promise<Stage> {
  const sandbox = await temporarySandbox();
  const home = await temporaryHome();
  const config = join(home, 'host.json');
  const cfg = { other: 'kept', channels: { feishu: section(sandbox) } };
  await writeFile(config, JSON.stringify(cfg));
  const env = { LANG: lang === 'zh' ? 'zh_CN.UTF-8' : 'en_US.UTF-8' };
  const screen = openTerminal([config], { home, program, columns, rows, env });
  return {
    sandbox,
    home,
    screen,
    async choose(question, entry) {
      await screen.see(question);
      // An answered list above has its mark, too: only the open question begins with a full diamond.
      const list = (): string => screen.screen.slice(screen.screen.lastIndexOf('◆'));
      const marked = (): string =>
        list()
          .match(/● [^\n]+\n/g)
          ?.at(-1) ?? '';
      await waitFor(() => expect(marked()).not.toBe(''), patience);
      for (let step = 0; step < 12 && !entry.test(marked()); step++) {
        const before = marked();
        screen.type(DOWN);
        await waitFor(() => expect(marked()).not.toBe(before), patience);
      }
      screen.type(ENTER);
    },
    written: async () => JSON.parse(await readFile(config, 'utf8')),
  };
}

async function prove({ sandbox, screen }: Stage): Promise<void> {
  await screen.see('any message');
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  sandbox.say({ text: 'hi there' });
}

it('draws the code beside the boxes, and its link on one line', async () => {
  const place = await stage();
  const { screen, sandbox } = place;
  await place.choose('How do you want to connect?', /^● Scan/);
  await screen.see('Name of the bot');
  screen.type(ENTER);
  await screen.see(/[▀▄█]{6}/);
  await screen.see('Waiting for the scan');
  const link = screen.screen
    .split('\n')
    .find((line) => line.startsWith(`${sandbox.url}/`) && line.includes('user_code'));
  expect(link, screen.screen).toBeDefined();
  expect(URL.canParse(link ?? '')).toBe(true);
  const code = screen.screen.split('\n').filter((line) => /[▀▄█]{6}/.test(line));
  expect(code.filter((line) => line.includes('│'))).toEqual([]);
  // The window has 50 rows: the code, its link and what waits below fit.
  const rowsOfLink = Math.ceil((link ?? '').length / 100);
  expect(code.length + rowsOfLink + 3).toBeLessThanOrEqual(50);
});

it('asks to open the page where the window has no room for the code', async () => {
  const place = await stage(undefined, { columns: 60, rows: 20 });
  const { screen } = place;
  await place.choose('How do you want to connect?', /^● Scan/);
  await screen.see('Name of the bot');
  screen.type(ENTER);
  await screen.see('too small for the code');
  await screen.see('Open this page');
  await screen.see('user_code');
  expect(screen.screen).not.toContain('Scan with the Feishu');
});

it('says before a secret is typed that it is shown, and takes it from a file', async () => {
  const place = await stage(({ url, appId }) => ({ domain: url, appId }));
  const { screen, sandbox, home } = place;
  await writeFile(join(home, 'secret.txt'), `${sandbox.appSecret}\n`);
  await screen.see('is shown');
  await place.choose('our own wizard', /^● read it from a file/);
  await screen.see('Path of a file');
  screen.type(`~/nothing-there${ENTER}`);
  await screen.see('cannot be read');
  await place.choose('How do you want', /^● read it from a file/);
  await screen.see('Path of a file');
  screen.type(`~/secret.txt${ENTER}`);
  await prove(place);
  await place.choose('Who may talk', /^● anyone/);
  await screen.see('HOST CONTINUES with default');
  expect(screen.raw).not.toContain(sandbox.appSecret);
  expect(await place.written()).toMatchObject({
    other: 'kept',
    channels: { feishu: { appId: sandbox.appId, appSecret: sandbox.appSecret } },
  });
});

it('names what a file is in place of the secret, and repeats no secret pasted as its path', async () => {
  const place = await stage(({ url, appId }) => ({ domain: url, appId }), { lang: 'zh' });
  const { screen, sandbox, home } = place;
  const reads = async (path: string) => {
    await place.choose('以哪种方式提供', /^● 从文件读取/);
    await screen.see('文件路径');
    screen.type(path + ENTER);
  };
  await reads(home);
  await screen.see('不是普通文件');
  await reads(sandbox.appSecret);
  await screen.see('无法读取');
  // The host's own prompt has shown it once; the refusal does not.
  await screen.see('***');
  // As Windows' editors save it, at a path in the quotes of a file dropped on the terminal.
  const file = join(home, 'a secret.txt');
  await writeFile(file, Buffer.from(`\ufeffFEISHU_APP_SECRET=${sandbox.appSecret}\r\n`, 'utf16le'));
  await reads(`'${file}'`);
  await screen.see('任意消息');
});

it('opens our own wizard, which hides the secret, and hands its result to the host', async () => {
  const place = await stage(({ url, appId }) => ({ domain: url, appId }));
  const { screen, sandbox } = place;
  await place.choose('How do you want to give', /^● open our own wizard/);
  await screen.see('moltbot-feishu');
  await screen.see('App Secret');
  screen.type(sandbox.appSecret + ENTER);
  await prove(place);
  await screen.see('Who may talk');
  screen.type(ENTER);
  await screen.see('HOST CONTINUES with default');
  expect(screen.raw).not.toContain(sandbox.appSecret);
  // The host writes, and continues: nothing is said of a file, and no next step yet.
  expect(screen.screen).not.toMatch(/config\.json|moltbot-feishu run|next:/);
  expect(await place.written()).toMatchObject({
    other: 'kept',
    channels: { feishu: { appId: sandbox.appId, appSecret: sandbox.appSecret } },
  });
});

it('leaves after a wrong secret, and the host continues with its config as it was', async () => {
  const place = await stage(({ url, appId }) => ({ domain: url, appId }));
  const before = await place.written();
  await place.choose('How do you want to give', /^● type or paste/);
  await place.screen.see('◆  App Secret');
  place.screen.type(wrongSecret + ENTER);
  await place.screen.see('wrong');
  await place.choose('●', /^● leave/);
  await place.screen.see('Feishu is left as it was');
  await place.screen.see('HOST CONTINUES with no account');
  expect(await place.written()).toEqual(before);
});

it('leaves at the secret already, and the host continues', async () => {
  const place = await stage(({ url, appId }) => ({ domain: url, appId }));
  await place.choose('How do you want to give', /^● leave/);
  await place.screen.see('HOST CONTINUES with no account');
});

it('leaves the whole wizard of the host only where the person does', async () => {
  const { screen } = await stage();
  await screen.see('How do you want to connect?');
  screen.type(CTRL_C);
  await screen.see('HOST CANCELLED');
});

it('suggests nothing where another app is wanted, and never repeats what it refuses', async () => {
  const place = await stage(({ url, appId, appSecret }) => ({ domain: url, appId, appSecret }));
  const { screen, sandbox } = place;
  const other = sandbox.createApp({ name: 'Another' });
  await place.choose('What would you like to do?', /^● connect another app/);
  await place.choose('How do you want to connect?', /^● I have an App ID/);
  await screen.see('◆  App ID');
  const { length } = screen.screen;
  screen.type(`${wrongSecret}${ENTER}`);
  await screen.see('this looks like the App Secret');
  // Once as it is typed; nothing of ours repeats it.
  const problem = /this looks like the App Secret[^\n]*/.exec(screen.screen.slice(length))?.[0];
  expect(problem).not.toContain(wrongSecret);
  screen.type('\x7f'.repeat(wrongSecret.length) + other.appId + ENTER);
  await place.choose('How do you want to give', /^● type or paste/);
  await screen.see('◆  App Secret');
  screen.type(other.appSecret + ENTER);
  await screen.see('any message');
  expect(screen.screen).toContain('accepted');
});
