/** `setup`: flags in, the wizard driven, a transcript or one JSON document out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CheckResult } from '../doctor/check.ts';
import { checkName } from '../doctor/check-names.ts';
import { type ConfigChoice, rewriteForConfig } from '../host/machine/installed/command-names.ts';
import { rewordedError } from '../shared/error-catalogue.ts';
import { ExitCode, type MoltbotFeishuError } from '../shared/errors.ts';
import { jsonText } from '../shared/terminal/visible.ts';
import {
  type Lang,
  type LocalizedText,
  localize,
  type Text,
  verbatim,
} from '../shared/text/text.ts';
import { runSwitchBack } from '../wizard/back/switch-back.ts';
import type { Conversation } from '../wizard/conversation/conversation.ts';
import type { ParsedSetupFlags } from '../wizard/conversation/flags.ts';
import { JumpTo } from '../wizard/conversation/jump-to.ts';
import { languageQuestion } from '../wizard/conversation/questions.ts';
import type { SetupProgress } from '../wizard/progress.ts';
import {
  runSetup,
  type SetupFlags,
  type SetupOptions,
  type SetupOutcome,
} from '../wizard/setup.ts';
import { wizardTexts as texts } from '../wizard/wizard-texts.ts';
import { commandTexts } from './command-texts.ts';
import { configLocation } from './configured.ts';
import { converse } from './converse.ts';
import { asKnownError, errorDocument, showError } from './failure.ts';
import type { RestoreDocument, ScanEventDocument, SetupDocument } from './output/documents.ts';
import { checkDocument } from './output/step-document.ts';
import { pluginFolder } from './plugin-folder.ts';
import { type Shell, sayIn } from './shell.ts';
import type { Trial } from './trial/trial.ts';
import type { TrialBot } from './trial/trial-bot.ts';

/** With the flag that every command has. */
type SetupCommandFlags = ParsedSetupFlags & { readonly config?: string };

export async function setupCommand(shell: Shell, flags: SetupCommandFlags): Promise<number> {
  if (!flags.sandbox) return setupWith(shell, flags);
  const { startTrial } = await import('./trial/trial.ts');
  const trial = await startTrial(shell, flags);
  try {
    return await setupWith(trial.shell, trial.flags, trial);
  } finally {
    await trial.close();
  }
}

async function setupWith(
  terminal: Shell,
  flags: SetupCommandFlags,
  trial?: Trial,
): Promise<number> {
  const startedAt = performance.now();
  const steps: CheckResult[] = [];
  const progress = terminal.interactive
    ? await (await import('../wizard/progress.ts')).progressStore(terminal.env, terminal.home)
    : undefined;
  let shell = terminal;
  let hasWritten = false;
  try {
    if (progress) shell = inLanguage(terminal, await languageOf(terminal, progress));
  } catch (thrown) {
    return failed(shell, thrown, steps, hasWritten);
  }
  // A host's wizard continues afterwards: it writes the config, and starts the gateway.
  const isPart = shell.within?.entry === 'wizard';
  const conversation = await converse(shell);
  if (flags.appSecret !== undefined) conversation.warn(texts.secretVisible);
  if (progress?.isKept === false) conversation.warn(texts.progressNotKept);
  const options: SetupOptions = {
    flags: setupFlags(flags),
    conversation,
    env: shell.env,
    home: shell.home,
    lang: shell.lang,
    stdin: shell.stdin,
    signal: shell.signal,
    now: shell.now,
    log: shell.log,
    onStep(step) {
      // The last state of each step counts, once.
      const before = steps.findIndex(({ id }) => id === step.id);
      if (before >= 0) steps.splice(before, 1);
      steps.push(step);
    },
    platform: process.platform,
    pluginFolder: isPart || trial ? undefined : await pluginFolder(),
    within: shell.within,
    writesCopy: isPart,
    onWrite: () => {
      hasWritten = true;
    },
    onScan: ({ url, expiresAt }) => {
      if (!shell.json) return;
      const line = { event: 'scan', url, expiresAt: new Date(expiresAt).toISOString() } as const;
      shell.stdout.write(`${jsonText(line satisfies ScanEventDocument)}\n`);
    },
    ...(progress && !isPart && !trial && { progress }),
    rehearsal: trial?.rehearsal,
  };
  let bot: TrialBot | undefined;
  try {
    if (flags.restore) {
      const { plugins, path, kept, conflicts, removed, next } = await runSwitchBack(options);
      const config = { path, changed: true };
      const back = { ok: true, restored: plugins, config, kept, conflicts, removed, next } as const;
      if (shell.json) shell.stdout.write(`${jsonText(back satisfies RestoreDocument)}\n`);
      return ExitCode.ok;
    }
    const outcome = await runSetup(options);
    if (!outcome) {
      if (!isPart) conversation.tell(texts.left);
      return ExitCode.ok;
    }
    const isTried = trial !== undefined && !flags.dryRun && outcome.notReady === undefined;
    if (isTried) bot = await trial.startBot(outcome.account);
    if (bot && !shell.interactive) {
      const proof = await bot.exchange();
      conversation.step(proof);
      options.onStep(proof);
    }
    const ms = performance.now() - startedAt;
    const next = trial?.realCommand;
    const exitCode = await finish(shell, flags, conversation, outcome, steps, { ms, next });
    if (bot && shell.interactive) {
      conversation.close();
      await bot.chat();
    }
    return exitCode;
  } catch (thrown) {
    return failed(shell, thrown, steps, hasWritten);
  } finally {
    conversation.close();
    await bot?.stop();
  }
}

/** Asked once where neither a flag nor the locale says it, and remembered. */
async function languageOf(shell: Shell, progress: SetupProgress): Promise<Lang> {
  if (!shell.isLangGuessed) return shell.lang;
  if (progress.lang !== undefined) return progress.lang;
  const conversation = await converse(shell, false);
  for (;;) {
    try {
      const lang = (await conversation.ask(languageQuestion)) as Lang;
      progress.saveLang(lang);
      return lang;
    } catch (error) {
      // Back from the first question leads to the first question.
      if (!(error instanceof JumpTo)) throw error;
    }
  }
}

function inLanguage(shell: Shell, lang: Lang): Shell {
  return { ...shell, lang, say: sayIn(lang, shell.within, shell.choice) };
}

function setupFlags(flags: SetupCommandFlags): SetupFlags {
  const { verify, dryRun, ...given } = flags;
  return { ...given, verify: verify !== false, dryRun: dryRun === true };
}

async function finish(
  shell: Shell,
  flags: SetupCommandFlags,
  conversation: Conversation,
  outcome: SetupOutcome,
  steps: readonly CheckResult[],
  {
    ms,
    next: given,
  }: {
    /** How long it took. */
    readonly ms: number;
    /** The next command where it is not one for the account, and said elsewhere. */
    readonly next: string | undefined;
  },
): Promise<number> {
  const account = outcome.account === 'default' ? '' : ` --account ${outcome.account}`;
  const { host } = outcome;
  const alone = `moltbot-feishu run${account}`;
  const choice = await configChoice(shell, outcome.config.path);
  const next =
    given ?? rewriteForConfig(choice, shell.say(verbatim(host ? nextInHost(host) : alone)));
  const error = outcome.notReady;
  if (shell.json) {
    const { bot } = outcome;
    shell.stdout.write(
      `${jsonText({
        ok: error === undefined,
        account: outcome.account,
        appId: outcome.appId,
        domain: outcome.domain,
        ...(bot && { bot: { name: bot.name, openId: bot.openId } }),
        ...(flags.dryRun && { dryRun: true }),
        config: outcome.config,
        ...(outcome.warnings.length > 0 && { warnings: outcome.warnings.map(shell.say) }),
        ...(error && { error: errorDocument(shell, error) }),
        steps: steps.map((step) => checkDocument(shell, step)),
        next: flags.dryRun ? [] : [next],
      } satisfies SetupDocument)}\n`,
    );
    return error?.exitCode ?? ExitCode.ok;
  }
  const open = steps
    .filter((step) => step.status === 'not-checked')
    .map((step) => checkName(step.id));
  const notChecked = localize(texts.notChecked, { steps: open });
  const closing: (LocalizedText | Text)[] = [];
  if (!conversation.guided) {
    const seconds = (ms / 1000).toFixed(1);
    const what = error
      ? commandTexts.took
      : flags.dryRun
        ? commandTexts.planned
        : commandTexts.done;
    const done = localize(what, { seconds });
    const both = localize(commandTexts.closing, { done, open: notChecked });
    conversation.tell(open.length > 0 ? both : done);
    if (error) conversation.warn(texts.doneNotReady);
  } else {
    closing.push(error ? texts.doneNotReady : localize(texts.doneIn, { time: took(ms) }));
    if (open.length > 0) closing.push(notChecked);
  }
  if (shell.within?.entry === 'wizard') {
    conversation.end(closing);
    return error?.exitCode ?? ExitCode.ok;
  }
  // A plan has set up nothing that could stop answering.
  if (!error && given === undefined && !flags.dryRun) {
    closing.push(verbatim(rewriteForConfig(choice, shell.say(texts.later))));
  }
  if (outcome.starts) {
    conversation.end(closing);
    conversation.close();
    if (host) return runInTerminal(host.name, ['gateway', 'run']);
    const { runAccounts } = await import('./run/run-accounts.ts');
    return runAccounts(shell, { account: outcome.account, config: outcome.config.path });
  }
  // A plan is no step on the way: nothing follows from it.
  conversation.end([
    ...closing,
    ...(flags.dryRun || given !== undefined ? [] : [localize(texts.next, { command: next })]),
  ]);
  return error?.exitCode ?? ExitCode.ok;
}

/** What later commands need to look at this file, where a person chose it and no flag names it. */
async function configChoice(shell: Shell, path: string): Promise<ConfigChoice> {
  const { choice, within } = shell;
  if (within || choice.config !== undefined || choice.host !== undefined) return {};
  return (await configLocation(shell, {})).path === path ? {} : { config: path };
}

function took(ms: number): LocalizedText {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  return minutes === 0
    ? localize(texts.seconds, { seconds })
    : localize(texts.minutes, { minutes, seconds: rest });
}

function nextInHost({ name, isUp, first }: NonNullable<SetupOutcome['host']>): string {
  if (isUp) return 'moltbot-feishu doctor';
  return first ?? `${name} gateway run`;
}

function failed(
  shell: Shell,
  thrown: unknown,
  steps: readonly CheckResult[],
  hasWritten: boolean,
): number {
  const error = withCommandToRun(shell, asKnownError(shell, thrown));
  if (shell.json)
    return showError(shell, error, { steps: steps.map((step) => checkDocument(shell, step)) });
  // Unattended, the step that failed has shown it.
  const isShown =
    !shell.interactive &&
    steps.some(({ status, error: own }) => status === 'fail' && own === thrown);
  const exitCode = isShown ? error.exitCode : showError(shell, error);
  if (error.code !== 'cancelled' && !hasWritten) {
    shell.stderr.write(
      `${shell.say(texts.nothingWritten)} · ${shell.say(localize(texts.exitCode, { code: exitCode }))}\n`,
    );
  }
  return exitCode;
}

/** Started by `configure`, which has none of the flags that a usage error names: what to run instead. */
function withCommandToRun(shell: Shell, error: MoltbotFeishuError): MoltbotFeishuError {
  if (shell.within?.entry !== 'configure' || error.exitCode !== ExitCode.usage) return error;
  return rewordedError(error, { advice: texts.configureAdvice, cause: error.cause });
}

/** The host's gateway in this terminal, until it ends or is stopped from here. */
async function runInTerminal(program: string, words: readonly string[]): Promise<number> {
  const child = spawn(program, words, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? ExitCode.ok;
}
