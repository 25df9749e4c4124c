/** The bot of `setup --sandbox`: it answers, here and on the page, until the person has seen enough. */
import { realpath } from 'node:fs/promises';
import type { AccountEvent } from '../../channel/account-event.ts';
import type { Agent } from '../../channel/agent/agent.ts';
import { startChannel } from '../../channel/runtime.ts';
import { loadAppSecret } from '../../config/account/accounts.ts';
import type { CheckResult } from '../../doctor/check.ts';
import { createCardGrowth } from '../../sandbox/card-growth.ts';
import { runChat } from '../../sandbox/chat.ts';
import { createChatLines } from '../../sandbox/chat-lines.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import type { StoredMessage } from '../../sandbox/state/chats.ts';
import { visibleBlock } from '../../shared/terminal/visible.ts';
import { localize } from '../../shared/text/text.ts';
import { aborted } from '../../shared/time/waiting.ts';
import { openLink } from '../../wizard/link/open-link.ts';
import { configLocation, configuredAccounts } from '../configured.ts';
import type { Shell } from '../shell.ts';
import { trialTexts as texts } from './trial-texts.ts';

export interface TrialBot {
  /** Shows one exchange; resolves with its proof. Throws what kept the bot from answering. */
  exchange(): Promise<CheckResult>;
  /** Until the person ends it. */
  chat(): Promise<void>;
  stop(): Promise<void>;
}

export interface TrialBotOptions {
  readonly shell: Shell;
  readonly sandbox: Sandbox;
  readonly account: string;
  readonly agent: Agent;
  /** Its files may be sent. */
  readonly folder: string;
}

type Ending = Extract<AccountEvent, { event: 'answered' | 'error' }>;

export async function startTrialBot(options: TrialBotOptions): Promise<TrialBot> {
  const { shell, sandbox, agent } = options;
  const { say, human, lang, env, signal, log, now } = shell;
  const location = await configLocation(shell, { config: `${options.folder}/moltbot.json` });
  const { accounts } = await configuredAccounts(shell, location, { account: options.account });
  const folder = await realpath(options.folder);
  const listeners = new Set<(event: AccountEvent) => void>();
  const secretOf = { location, home: shell.home };
  const channel = startChannel({
    accounts: await Promise.all(
      accounts.map(async (account) => ({
        account,
        appSecret: await loadAppSecret(account, secretOf),
      })),
    ),
    agent,
    lang,
    env,
    log,
    onEvent: (event) => {
      for (const listener of [...listeners]) listener(event);
    },
    media: { roots: { base: folder, allowed: [folder], denied: [] } },
    signal,
    now,
  });
  const next = <T extends AccountEvent>(accept: (event: AccountEvent) => event is T): Promise<T> =>
    new Promise((resolve) => {
      const listener = (event: AccountEvent): void => {
        if (!accept(event)) return;
        listeners.delete(listener);
        resolve(event);
      };
      listeners.add(listener);
    });
  const isReady = (event: AccountEvent) => event.event === 'ready' || event.event === 'error';
  const isEnding = (event: AccountEvent): event is Ending =>
    event.event === 'answered' || event.event === 'error';
  const begun = next((event): event is AccountEvent => isReady(event));
  await Promise.race([begun, aborted(signal)]);

  return {
    async exchange() {
      const said = texts.hello[lang];
      human.write(`${say(texts.person)}: ${said}\n`);
      const write = growingAnswer(sandbox, shell);
      const unwatch = sandbox.watch((stored) => {
        if (stored.fromBot) write(stored);
      });
      const startedAt = now();
      const ending = next(isEnding);
      sandbox.say({ text: said });
      const ended = await Promise.race([ending, aborted(signal)]);
      unwatch();
      signal.throwIfAborted();
      if (ended?.event === 'error') throw ended.error;
      return proofOf(now() - startedAt);
    },
    async chat() {
      const { page } = sandbox;
      const isOpen = await openLink(page, { env, platform: process.platform });
      const bot = sandbox.botName();
      await runChat(sandbox, {
        input: shell.stdin,
        output: shell.stdout,
        lang,
        signal,
        welcome: [
          localize(isOpen ? texts.pageOpened : texts.pageLink, { page }),
          localize(texts.chatNow, { bot }),
        ],
        onPrint: (print) => {
          void next(isEnding).then((event) => {
            if (event.event === 'answered') print(proofText(event.ms));
          });
        },
      });
    },
    stop: () => channel.stop(),
  };
}

/** Writes what the bot says as it grows: the text of a streamed card without waiting for its lines. */
function growingAnswer(
  sandbox: Sandbox,
  { human, say }: Pick<Shell, 'human' | 'say'>,
): (stored: StoredMessage) => void {
  const growthOf = createCardGrowth();
  const linesOf = createChatLines(say);
  return (stored) => {
    const growth = growthOf(stored);
    if (growth === 'same') return;
    const name = `${sandbox.botName(stored.appId)}: `;
    if (growth === undefined) {
      human.write(`${visibleBlock(name + linesOf(stored))}\n`);
      return;
    }
    const text = visibleBlock(growth.added);
    human.write(`${growth.isFirst ? name : ''}${text}${growth.isWhole ? '\n' : ''}`);
  };
}

const proofText = (ms: number) => localize(texts.answered, { s: (ms / 1000).toFixed(1) });

function proofOf(ms: number): CheckResult {
  return { id: 'proof', ms, status: 'ok', detail: proofText(ms) };
}
