/** A sandbox, a HOME and the real program in a terminal between them; words to wait for by language. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import type { Lang, Text } from '../../src/shared/text/text.ts';
import { scanTexts } from '../../src/wizard/link/scan-texts.ts';
import { appTexts } from '../../src/wizard/steps/app/app-texts.ts';
import { consoleTexts } from '../../src/wizard/steps/console/console-texts.ts';
import { proofTexts } from '../../src/wizard/steps/proof/proof-texts.ts';
import { wizardTexts } from '../../src/wizard/wizard-texts.ts';
import { temporaryHome } from '../support/home.ts';
import { temporarySandbox } from '../support/sandbox.ts';
import { DOWN, ENTER, openTerminal, type Terminal } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';

export const texts = {
  ...appTexts,
  ...consoleTexts,
  ...scanTexts,
  ...wizardTexts,
  proofAsk: proofTexts.ask,
  askAnswer: proofTexts.askAnswer,
  askProved: proofTexts.askProved,
  waiting: proofTexts.waiting,
  proofNothing: proofTexts.nothing,
  proofSkip: proofTexts.skip,
};

/** What is shown of a text before its first value: enough to know it by. */
export function opening(text: Text, lang: Lang): string {
  return (text[lang].split('{').find((piece) => piece.trim() !== '') ?? '').trim().slice(0, 38);
}

export interface Stage {
  readonly sandbox: Sandbox;
  readonly home: string;
  readonly lang: Lang;
  readonly config: string;
  /** Starts the program; a flag `--no-start` is among its words. */
  open(...words: string[]): Terminal;
  /** Starts the program with these words alone, and the language. */
  openBare(...words: string[]): Terminal;
  /** `channels.feishu` as it is written now. */
  section(): Promise<Record<string, unknown>>;
}

export async function stage(
  options: SandboxOptions = {},
  {
    lang = 'en',
    env = {},
    size = {},
  }: { lang?: Lang; env?: Record<string, string>; size?: { columns?: number; rows?: number } } = {},
): Promise<Stage> {
  const home = await temporaryHome();
  const sandbox = await temporarySandbox({ redeliveryMs: [50, 100, 200, 400, 800], ...options });
  const config = join(home, '.clawdbot', 'moltbot.json');
  return {
    sandbox,
    home,
    lang,
    config,
    open: (...words) =>
      openTerminal(['setup', '--lang', lang, '--domain', sandbox.url, '--no-start', ...words], {
        home,
        env,
        ...size,
      }),
    openBare: (...words) => openTerminal([...words, '--lang', lang], { home, env, ...size }),
    section: async () => JSON.parse(await readFile(config, 'utf8')).channels.feishu,
  };
}

export { bareApp } from '../../src/sandbox/state/app-state.ts';

/** A person's side of the conversation. */
export function person({ sandbox, lang }: Stage, terminal: Terminal) {
  let answers = 0;
  return {
    get answers() {
      return answers;
    },
    sees: (text: Text) => terminal.see(opening(text, lang)),
    /** Waits for a question and answers it. */
    async answer(question: Text, keys = ENTER) {
      await terminal.see(`◆  ${opening(question, lang)}`);
      answers += 1;
      terminal.type(keys);
    },
    /** Takes the way by paste, up to the app itself. */
    async pastes() {
      await this.answer(texts.askMethod, DOWN + ENTER);
      await this.answer(texts.askAppId, sandbox.appId + ENTER);
      await this.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
    },
    /** Confirms on the phone, once there is a code. */
    async scans(approval: Parameters<Sandbox['registration']['approve']>[0] = {}) {
      await terminal.see(opening(scanTexts.validFor, lang));
      answers += 1;
      const url = linkOn(terminal.screen);
      return sandbox.registration.approve({ url, ...approval });
    },
    /** Writes to the bot, once it listens. */
    async writes(appId = sandbox.appId, from?: { openId: string }) {
      await terminal.see(opening(proofTexts.waiting, lang));
      answers += 1;
      await waitFor(() => {
        if (sandbox.connections(appId) === 0) throw new Error('no line yet');
      }, 20_000);
      sandbox.say({ text: 'hi there', chatType: 'p2p', appId, ...(from && { from }) });
    },
  };
}

/** Goes through the console's pages, up to the version, in a setup of a bare app. */
export async function walkConsole(scene: Stage, screen: Terminal) {
  const { sandbox } = scene;
  const somebody = person(scene, screen);
  await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
  const page = async (
    title: keyof typeof texts,
    change: Parameters<typeof sandbox.configureApp>[0],
  ) => {
    await somebody.sees(texts[title]);
    await somebody.answer(texts.askDone);
    sandbox.configureApp(change);
    await somebody.answer(texts.askDone);
  };
  await page('bot1', { bot: true });
  const scopes = everydayScopes.filter((scope) => scope !== 'application:application:patch');
  await page('scopes1', { pendingScopes: scopes });
  // The platform opens no connection for an app that was never published, so that comes first.
  await page('firstVersionWhy', { published: true, events: [], scopes, pendingScopes: [] });
  await somebody.sees(texts.connectionUp);
  await page('events1', { eventMode: 'websocket' });
  await page('callbacks1', { callbackMode: 'websocket' });
  return { somebody, page };
}

/** The last launcher link on a screen, lines joined where the terminal wrapped it. */
export function linkOn(screen: string): string {
  const joined = screen.replace(/\n[│|]?\s*/g, '');
  return joined.match(/https?:\/\/[^\s]*?user_code=[\w-]+[\w=&%.~/+-]*/g)?.at(-1) ?? '';
}
