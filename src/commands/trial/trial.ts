/**
 * `setup --sandbox`: setup against a sandbox of this process, then a chat with the bot that it set up.
 *
 * In: the shell and the flags of setup. Out: a shell and flags that keep everything in one temporary
 * folder, and the chat; after {@link Trial.close} nothing of it is left.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { bareApp } from '../../sandbox/state/app-state.ts';
import { localize } from '../../shared/text/text.ts';
import type { ParsedSetupFlags } from '../../wizard/conversation/flags.ts';
import { invalidAnswer } from '../../wizard/conversation/questions.ts';
import { qrPng } from '../../wizard/link/qr-code.ts';
import type { Rehearsal } from '../../wizard/run.ts';
import { writeLine } from '../output/people-line.ts';
import type { Shell } from '../shell.ts';
import { sampleAgent } from './sample-agent.ts';
import { sampleTexts } from './sample-texts.ts';
import { startTrialBot, type TrialBot } from './trial-bot.ts';
import { trialTexts as texts } from './trial-texts.ts';

const REAL_COMMAND = 'npx moltbot-feishu setup';

type TrialFlags = ParsedSetupFlags & { readonly config?: string };

export interface Trial {
  readonly shell: Shell;
  readonly flags: TrialFlags;
  readonly rehearsal: Rehearsal;
  /** The command for the real thing. */
  readonly realCommand: string;
  /** Starts the bot that setup has configured. */
  startBot(account: string): Promise<TrialBot>;
  /** Ends everything, removes the folder, and says so. */
  close(): Promise<void>;
}

export async function startTrial(shell: Shell, flags: TrialFlags): Promise<Trial> {
  if (flags.domain !== undefined || flags.appId !== undefined) {
    const flag = flags.domain === undefined ? '--app-id' : '--domain';
    throw invalidAnswer({ flag }, localize(texts.sandboxOnly));
  }
  const { guided, dryRun } = flags;
  const scans = flags.scan === true || (shell.interactive && !guided && dryRun !== true);
  const sandbox = await startSandbox({
    app: guided ? bareApp : {},
    registration: { takesFirstApp: true },
  });
  const folder = await mkdtemp(join(tmpdir(), 'moltbot-feishu-'));
  const { url, appId, appSecret } = sandbox;
  writeLine(shell, shell.say(localize(texts.begins, { url })));
  const app = { FEISHU_APP_ID: appId, FEISHU_APP_SECRET: appSecret };
  const env = { ...withoutPlaces(shell.env), HOME: folder, ...(!scans && app) };
  const trialShell: Shell = { ...shell, env, home: folder };
  return {
    shell: trialShell,
    flags: {
      ...flags,
      ...(scans && { scan: true, botName: flags.botName ?? 'Moltbot' }),
      // Several people write on the page.
      dmPolicy: flags.dmPolicy ?? 'open',
      domain: url,
      config: join(folder, 'moltbot.json'),
      host: 'none',
      start: false,
    },
    realCommand: REAL_COMMAND,
    rehearsal: {
      confirmScan: (link) => void sandbox.registration.approve({ url: link }),
    },
    async startBot(account) {
      const files = { picture: join(folder, 'code.png'), report: join(folder, 'report.txt') };
      await writeFile(files.picture, qrPng(REAL_COMMAND));
      await writeFile(files.report, sampleTexts.report[shell.lang]);
      const agent = sampleAgent({ files, wordMs: shell.interactive ? 40 : 20 });
      return startTrialBot({ shell: trialShell, sandbox, account, agent, folder });
    },
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
      const real = localize(texts.forReal, { command: REAL_COMMAND });
      for (const text of [texts.nothingLeft, real]) writeLine(shell, shell.say(text));
    },
  };
}

/** Without the variables that name a person's own files, app or proxy. */
function withoutPlaces(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const named = /^(?:MOLTBOT|CLAWDBOT|OPENCLAW|FEISHU|LARK|XDG)_|^APPDATA$|^LOCALAPPDATA$|_PROXY$/i;
  // A browser finds its display and its session there.
  const kept = /^XDG_(?:RUNTIME_DIR|SESSION_|CURRENT_DESKTOP|SEAT|VTNR|DATA_DIRS|CONFIG_DIRS)/;
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => kept.test(name) || !named.test(name)),
  );
}
