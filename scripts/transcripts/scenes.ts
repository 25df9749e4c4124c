/** The transcripts as data: what is typed and pressed in each, and what a person does elsewhere. */
import { channelTexts } from '../../src/channel/channel-texts.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import {
  type Lang,
  localize,
  render,
  type Text,
  type TextParams,
} from '../../src/shared/text/text.ts';
import { runProgram } from '../../test/support/program.ts';
import { CTRL_C, DOWN, ENTER, openTerminal, type Terminal } from '../../test/support/terminal.ts';
import { bareApp, person, type Stage, texts } from '../../test/wizard/stage.ts';

/** Of a terminal that nobody has widened. */
export const COLUMNS = 80;

export interface Scene {
  /** The file's name behind the language. */
  readonly name: string;
  readonly title: Readonly<Record<Lang, string>>;
  readonly about: Readonly<Record<Lang, string>>;
  readonly options?: SandboxOptions;
  /** As a person would type it, without the language. */
  readonly words: readonly string[];
  /** Default: {@link COLUMNS}. */
  readonly columns?: number;
  readonly exitCode: number;
  /** Before the program starts. */
  readonly prepare?: (scene: Stage) => Promise<void>;
  /** Gives the secrets that came up on the way. */
  readonly play: (scene: Stage, terminal: Terminal) => Promise<readonly string[] | undefined>;
}

const setUp = async ({ sandbox, home }: Stage): Promise<void> => {
  const words = ['setup', '--app-id', sandbox.appId, '--domain', sandbox.url, '--yes'];
  const env = { FEISHU_APP_SECRET: sandbox.appSecret };
  const { code, stderr } = await runProgram(words, { home, env });
  if (code !== 0) throw new Error(`setup ended with ${code}: ${stderr}`);
};

export const scenes: readonly Scene[] = [
  {
    name: 'scan',
    title: { en: 'Setup by a scan', zh: '扫码接入' },
    about: {
      en: 'The app is created by the scan; the code is confirmed on the phone.',
      zh: '扫码即创建应用，在手机上确认。',
    },
    options: { registration: { intervalS: 0.05 } },
    columns: 100,
    words: ['setup', '--no-start'],
    exitCode: 0,
    async play(scene, terminal) {
      const somebody = person(scene, terminal);
      await somebody.answer(texts.askMethod);
      await somebody.answer(texts.askBotName);
      const { appId, appSecret } = await somebody.scans();
      await somebody.sees(texts.askAnswer);
      await somebody.writes(appId);
      await somebody.answer(texts.askWrite);
      return [appSecret];
    },
  },
  {
    name: 'paste',
    title: { en: 'Setup with an App ID and App Secret', zh: '使用已有 App ID 与 App Secret 接入' },
    about: {
      en: 'A bare app, brought to the state that is needed through its own API.',
      zh: '一个空白应用，由程序通过 API 完成配置。',
    },
    options: { app: bareApp },
    words: ['setup', '--no-start'],
    exitCode: 0,
    async play(scene, terminal) {
      const { appId, appSecret } = scene.sandbox;
      const somebody = person(scene, terminal);
      await somebody.answer(texts.askMethod, DOWN + ENTER);
      await somebody.answer(texts.askAppId, appId + ENTER);
      await somebody.answer(texts.askAppSecret, appSecret + ENTER);
      await somebody.answer(texts.askAutopilot);
      await somebody.writes();
      await somebody.answer(texts.askWrite);
      return undefined;
    },
  },
  {
    name: 'console',
    title: { en: 'Setup through the console', zh: '在开发者后台逐步接入' },
    about: {
      en: 'A page at a time, each checked before the next.',
      zh: '一次一个页面，每一步都检查后再继续。',
    },
    options: { app: { ...bareApp, scopes: [] } },
    words: ['setup', '--guided', '--no-start'],
    exitCode: 0,
    async play(scene, terminal) {
      const { sandbox } = scene;
      const somebody = person(scene, terminal);
      // Opens the page; the app is made there.
      await somebody.answer(texts.askDone);
      await somebody.answer(texts.askDone);
      await somebody.answer(texts.askAppId, sandbox.appId + ENTER);
      await somebody.answer(texts.askAppSecret, sandbox.appSecret + ENTER);
      const scopes = everydayScopes.filter((scope) => scope !== 'application:application:patch');
      const pages: [keyof typeof texts, Parameters<typeof sandbox.configureApp>[0]][] = [
        ['bot1', { bot: true }],
        ['scopes1', { pendingScopes: scopes }],
        ['firstVersionWhy', { published: true, events: [], scopes, pendingScopes: [] }],
        ['events1', { eventMode: 'websocket' }],
        ['callbacks1', { callbackMode: 'websocket' }],
        ['version1', { events: ['im.message.receive_v1'], callbacks: ['card.action.trigger'] }],
      ];
      for (const [title, change] of pages) {
        await somebody.sees(texts[title]);
        await somebody.answer(texts.askDone);
        sandbox.configureApp(change);
        await somebody.answer(texts.askDone);
      }
      await somebody.writes();
      await somebody.answer(texts.askWrite);
      return undefined;
    },
  },
  {
    name: 'doctor',
    title: { en: 'The doctor', zh: '诊断' },
    about: {
      en: 'One permission is missing: direct messages work, groups stay silent.',
      zh: '缺少一项权限：单聊正常，群聊没有回应。',
    },
    words: ['doctor'],
    exitCode: 1,
    async prepare(scene) {
      await setUp(scene);
      const missing = 'im:message.group_at_msg:readonly';
      const scopes = everydayScopes.filter((scope) => scope !== missing);
      scene.sandbox.configureApp({ scopes });
    },
    play: () => Promise.resolve(undefined),
  },
  {
    name: 'run',
    title: { en: 'The bundled channel', zh: '内置渠道' },
    about: {
      en: 'A person writes, the bot answers with the same text; Ctrl-C ends it.',
      zh: '有人发消息，机器人原样回复；按 Ctrl-C 结束。',
    },
    words: ['run', '--echo'],
    exitCode: 0,
    prepare: setUp,
    async play({ sandbox, lang }, terminal) {
      const account = 'default';
      const shown = (text: Text, params: TextParams) => render(localize(text, params), lang);
      await terminal.see(shown(channelTexts.lineReady, { account, bot: sandbox.botName() }));
      const { messageId } = sandbox.say({ text: 'hello', chatType: 'p2p' });
      const answered = shown(channelTexts.lineAnswered, { account, messageId, ms: '§' });
      const [before = ''] = answered.split('§');
      await terminal.see(before.trim());
      terminal.type(CTRL_C);
      return undefined;
    },
  },
];

/** The program as the scene has it. */
export function start(
  { words, columns = COLUMNS }: Scene,
  { sandbox, home, lang }: Stage,
): Terminal {
  const domain = words[0] === 'setup' ? ['--domain', sandbox.url] : [];
  return openTerminal([...words, ...domain, '--lang', lang], { home, columns });
}
