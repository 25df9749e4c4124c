/** One run of setup: where it works, what it knows by now, and what it keeps for the next one. */
import type { Readable } from 'node:stream';
import type { ResolvedAccount } from '../config/account/account.ts';
import type { ConfigLocation, HostName } from '../config/locate.ts';
import type { ConfigDocument } from '../config/read.ts';
import type { CheckResult } from '../doctor/check.ts';
import type { HostProcess } from '../host/machine/installed/command-names.ts';
import type { AppWants } from '../platform/app/app-changes.ts';
import type { AppPlan } from '../platform/app/app-plan.ts';
import type { BotInfo } from '../platform/client/answers.ts';
import { createPlatformClient, type PlatformClient } from '../platform/client/client.ts';
import type { MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Secret } from '../shared/secret.ts';
import type { Lang } from '../shared/text/text.ts';
import type { Conversation } from './conversation/conversation.ts';
import type { ParsedSetupFlags } from './conversation/flags.ts';
import type { SetupMethod, Task } from './conversation/questions.ts';
import type { HeldConnection } from './held-connection.ts';
import type { HostPlan } from './plugin/host-plan.ts';
import type { SavedRun, SetupProgress, UnfinishedRun } from './progress.ts';
import type { SecretRef } from './secret-source.ts';

export interface SetupFlags extends ParsedSetupFlags {
  readonly config?: string;
  readonly verify: boolean;
  readonly dryRun: boolean;
}

export interface SetupOptions {
  readonly flags: SetupFlags;
  readonly conversation: Conversation;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly lang: Lang;
  readonly stdin: Readable;
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly log: Logger;
  /** Receives each step as it ends, so that the steps are known also when setup fails. */
  readonly onStep: (step: CheckResult) => void;
  readonly platform: NodeJS.Platform;
  /** Our built plugin; without it no host is looked for, since setup runs inside one. */
  readonly pluginFolder?: string | undefined;
  /** The host that started us; it need not be on PATH. */
  readonly within?: HostProcess | undefined;
  /** Called after each write of the config, also when it keeps an unfinished app. */
  readonly onWrite?: () => void;
  /** Receives the link to scan, where no QR code can be shown. */
  readonly onScan?: (scan: { readonly url: string; readonly expiresAt: number }) => void;
  /**
   * The config is a copy, and a host writes its own from it: the texts about the file and the final
   * question are left out, and the access policy is asked as a separate question.
   */
  readonly writesCopy?: boolean;
  /** The answers of an earlier, unfinished run; never a secret. */
  readonly progress?: SetupProgress;
  /** Everything happens in a sandbox of this process, and a chat follows. */
  readonly rehearsal?: Rehearsal | undefined;
}

/** What differs where setup is only tried: no phone can scan, and nothing is kept. */
export interface Rehearsal {
  /** Does what a person does on the phone after the scan. */
  confirmScan(url: string): void;
}

/** Where the account will be written. */
export interface SetupTarget {
  readonly location: ConfigLocation;
  readonly document: ConfigDocument;
  readonly accountId: string;
  /** The account as it is there now. */
  readonly existing: ResolvedAccount | undefined;
  readonly hostPlan: HostPlan | undefined;
}

export interface WrittenConfig {
  readonly path: string;
  readonly changed: boolean;
  readonly backup?: string | undefined;
  /** The change as a diff, secrets masked; in a dry run. */
  readonly diff?: string;
}

/** The facts known so far; each step adds some, and its undo removes them. */
export interface Facts {
  task: Task;
  method: SetupMethod | undefined;
  domain: string;
  botName: string | undefined;
  appId: string | undefined;
  /** The answer before the person went back; suggested again. */
  formerAppId: string | undefined;
  /** Asks for the credentials again instead of using those from flags or config. */
  asksAgain: boolean;
  secret: { readonly value: Secret; readonly isKept: boolean } | undefined;
  /** The credentials that the platform accepted in this run; going back keeps them. */
  proved: { readonly appId: string; readonly secret: Secret; readonly domain: string } | undefined;
  /** The app that a scan created in this run or in the run that it resumes. */
  scanned:
    | { readonly appId: string; readonly secret: Secret; readonly openId: string | undefined }
    | undefined;
  /** The file that keeps an unfinished account, disabled. */
  keptIn: string | undefined;
  /** The config whose other plugin a person agreed to switch off. */
  switchesIn: string | undefined;
  /** The plugin was put in place in this run. */
  hasPlugin: boolean;
  client: PlatformClient | undefined;
  bot: BotInfo | undefined;
  wants: AppWants;
  plan: AppPlan | undefined;
  /** The missing settings when the walk through the console began. */
  walkPlan: AppPlan | undefined;
  /** Consent to the autopilot. */
  autopilot: boolean | undefined;
  /** Through the console, page by page. */
  walks: boolean;
  /** No connection before a version is published: the walk publishes before the modes are saved. */
  publishesFirst: boolean;
  /** Also the pages of which nothing is known to lack. */
  walksAll: boolean;
  /** The app was changed in this run. */
  wasChanged: boolean;
  connection: HeldConnection | undefined;
  notReady: MoltbotFeishuError | undefined;
  /** Why an unattended run could not set the app up. */
  notConfigured: MoltbotFeishuError | undefined;
  /** Goes on although the app is not ready. */
  accepted: boolean;
  /** The bot wrote to the person who scanned. */
  wasGreeted: boolean;
  /** The app that a person wants in two places. */
  sharesApp: string | undefined;
  /** Connections of the app that are not ours, where the platform tells. */
  othersOnline: number;
  /** The message that proved an app, and its sender; going back does not lose it. */
  proof: { readonly appId: string; readonly openId: string | undefined } | undefined;
  /** A person wants to decide who may talk. */
  asksPolicy: boolean;
  /** A person decided in this run who may talk. */
  choosesPolicy: boolean;
  dmPolicy: string | undefined;
  allowFrom: readonly string[] | undefined;
  startsAfter: boolean;
  /** The step to which a person went back: it asks, although it is done. */
  returnsTo: string | undefined;
  /** Where the account was before it was moved or another was added: back leads there. */
  cameFrom:
    | { readonly account: string; readonly config?: string; readonly domain: string }
    | undefined;
  config: WrittenConfig | undefined;
}

export interface Run {
  readonly options: SetupOptions;
  readonly target: SetupTarget;
  readonly ref: SecretRef | undefined;
  readonly facts: Facts;
  /** The unfinished earlier run, and its place. */
  readonly earlier: UnfinishedRun | undefined;
  /** The next setup can continue from here. */
  readonly isKept: boolean;
  /** The person's answers and awaited actions, in order. */
  answers(): readonly Answer[];
  /** Gives these answers again, as long as the same questions come in the same order. */
  recall(answers: readonly Answer[]): void;
  enter(step: string): void;
  remember(what: Partial<SavedRun>): void;
  /** Nothing of this run is kept for the next one. */
  forget(): void;
  report(step: CheckResult): void;
  /** The same without showing it: what is folded into another line. */
  record(step: CheckResult): void;
  /** Continues in another config, or with another account. */
  moveTo(there: {
    readonly host?: HostName | 'none';
    readonly account?: string;
    readonly config?: string;
  }): Promise<void>;
}

export function clientFor(run: Run, domain = run.facts.domain): PlatformClient {
  const { facts, options } = run;
  const { appId, secret } = facts;
  if (appId === undefined || secret === undefined) throw new TypeError('no credentials yet');
  return createPlatformClient({
    appId,
    appSecret: secret.value,
    domain,
    env: options.env,
    log: options.log,
    now: options.now,
  });
}

/** The client of the accepted credentials. */
export function clientOf({ facts }: Run): PlatformClient {
  if (!facts.client) throw new TypeError('the credentials have not been checked');
  return facts.client;
}

export interface Answer {
  /** The question itself, or what was waited for. */
  readonly ask: unknown;
  readonly answer: string;
}

/** A conversation that keeps what was answered, for the way back. */
export function counting(conversation: Conversation): {
  readonly conversation: Conversation;
  readonly answers: () => readonly Answer[];
  readonly recall: (answers: readonly Answer[]) => void;
} {
  const given: Answer[] = [];
  let recalled: readonly Answer[] = [];
  const counted = async (ask: unknown, prompt: () => Promise<string>): Promise<string> => {
    const [next, ...rest] = recalled;
    const isSame = next?.ask === ask;
    recalled = isSame ? rest : [];
    const answer = isSame && next ? next.answer : await prompt();
    given.push({ ask, answer });
    // The next question of the same step has this one behind it.
    conversation.allowBack(true);
    return answer;
  };
  return {
    answers: () => given,
    recall: (answers) => {
      recalled = answers;
    },
    conversation: {
      ...conversation,
      ask: (question, suggestion) =>
        counted(question.ask, () => conversation.ask(question, suggestion)),
      choose: (ask, options) => counted(ask, () => conversation.choose(ask, options)),
      // With keys it waits for what a person does: a step back leads there, too.
      wait: async (waiting) => {
        const outcome = await conversation.wait(waiting);
        if (!waiting.keys?.length) return outcome;
        recalled = [];
        given.push({ ask: waiting, answer: '' });
        conversation.allowBack(true);
        return outcome;
      },
    },
  };
}
