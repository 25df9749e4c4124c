/**
 * The way from nothing to a written config: look, get an app, bring it to where it must be, prove it,
 * write.
 *
 * In: flags, the environment and a conversation (guided or unattended). Out: what was done, step by
 * step. Nothing is written before everything that can be refused has been asked, but for an app that a
 * scan created: that is kept at once, disabled.
 */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ResolvedAccount } from '../config/account/account.ts';
import { resolveAccount } from '../config/account/accounts.ts';
import { type HostName, isPathNamed, usesConfig } from '../config/locate.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import type { CheckResult } from '../doctor/check.ts';
import { policyFinding } from '../doctor/config/account-checks.ts';
import { locateForHost } from '../host/machine/installed/locate-for-host.ts';
import { resolveEndpoints } from '../platform/address/endpoints.ts';
import type { BotInfo } from '../platform/client/answers.ts';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../shared/errors.ts';
import { type LocalizedText, localize, type Text } from '../shared/text/text.ts';
import { askWhichHost } from './ask-which-host.ts';
import { SetupLeft } from './conversation/jump-to.ts';
import {
  allowFromQuestion,
  invalidAnswer,
  normalizeDomain,
  refuseAccountId,
  refuseAllowFrom,
} from './conversation/questions.ts';
import { runSteps } from './driver.ts';
import { type HostPlanOptions, planHost } from './plugin/host-plan.ts';
import type { SavedRun, UnfinishedRun } from './progress.ts';
import {
  counting,
  type Facts,
  type Run,
  type SetupOptions,
  type SetupTarget,
  type WrittenConfig,
} from './run.ts';
import { parseSecretRef } from './secret-source.ts';
import { setupSteps } from './steps.ts';
import { wizardError } from './wizard-errors.ts';
import { wizardTexts as texts } from './wizard-texts.ts';

export type { SetupFlags, SetupOptions } from './run.ts';

export interface SetupOutcome {
  readonly account: string;
  readonly appId: string;
  readonly domain: string;
  readonly bot: BotInfo | undefined;
  readonly config: WrittenConfig;
  /** The host that reads the config, if one is here. */
  readonly host:
    | {
        readonly name: HostName;
        readonly isUp: boolean;
        /** The command that its gateway needs before it can start. */
        readonly first: string | undefined;
      }
    | undefined;
  /** The person wants the bot started now. */
  readonly starts: boolean;
  /** The app is not ready: the config is written, and this says what is left. */
  readonly notReady: MoltbotFeishuError | undefined;
  /** Settings that work and are most likely not intended. */
  readonly warnings: readonly (LocalizedText | Text)[];
}

/**
 * @returns `undefined` where the person left without a change
 * @throws MoltbotFeishuError what a step throws; an app kept for the next run is reported first
 */
export async function runSetup(options: SetupOptions): Promise<SetupOutcome | undefined> {
  const { flags } = options;
  const ref = flags.secretRef === undefined ? undefined : parseSecretRef(flags.secretRef);
  checkFlags(options);
  const counted = counting(options.conversation);
  const run = await startRun({ ...options, conversation: counted.conversation }, ref, counted);
  try {
    await runSteps(setupSteps, run);
  } catch (error) {
    const { appId = '', keptIn, config } = run.facts;
    const isKept = keptIn !== undefined && config === undefined;
    if (isKept) {
      const text = options.writesCopy ? texts.keptInHost : texts.keptForLater;
      options.conversation.warn(localize(text, { appId, path: keptIn }));
    }
    if (error instanceof SetupLeft) {
      if (error.reason) throw error.reason;
      return undefined;
    }
    // Between two prompts, Ctrl-C stops what is going on by the signal.
    if (!isMoltbotFeishuError(error, 'cancelled') && !options.signal.aborted) throw error;
    throw isKept
      ? wizardError('cancelledKept')
      : run.isKept
        ? wizardError('cancelledProgress')
        : error;
  } finally {
    await run.facts.connection?.close();
  }
  const { facts, target } = run;
  run.forget();
  const warnings = warnOfPolicy(run);
  return {
    account: target.accountId,
    appId: facts.appId ?? target.existing?.appId ?? '',
    domain: facts.domain,
    bot: facts.bot,
    config: facts.config ?? { path: target.location.path, changed: false },
    host: hostAfter(options, target),
    starts: facts.startsAfter,
    notReady: flags.verify ? facts.notReady : undefined,
    warnings,
  };
}

/** Warns at the end, where people read it, of a policy with which the bot answers no one. */
function warnOfPolicy(run: Run): readonly (LocalizedText | Text)[] {
  const finding = policyFinding(accountAfter(run));
  if (finding.status === 'ok') return [];
  run.report({ ...finding, id: 'policy', status: 'warn', ms: 0 });
  return finding.detail ? [finding.detail] : [];
}

/** The account as it is with what was chosen. */
function accountAfter({ facts, target }: Run): ResolvedAccount {
  const account = resolveAccount(target.document.section ?? {}, target.accountId);
  return {
    ...account,
    dmPolicy: (facts.dmPolicy as ResolvedAccount['dmPolicy'] | undefined) ?? account.dmPolicy,
    allowFrom: facts.allowFrom ?? account.allowFrom,
  };
}

/** The host that runs the account next: the one that is found, else the one that started us. */
function hostAfter({ within }: SetupOptions, { hostPlan }: SetupTarget): SetupOutcome['host'] {
  const name = hostPlan?.host ?? within?.host;
  return name && { name, isUp: hostPlan?.isUp ?? false, first: hostPlan?.startProblem?.command };
}

/** Flags are checked before anything is asked or called. */
function checkFlags({ flags }: SetupOptions): void {
  const check = (flag: string, problem: LocalizedText | undefined): void => {
    if (problem) throw invalidAnswer({ flag }, problem);
  };
  if (flags.account !== undefined) check('--account', refuseAccountId(flags.account));
  const problem = refuseAllowFrom(flags.allowFrom ?? []);
  if (problem) throw invalidAnswer(allowFromQuestion, problem);
  if (flags.domain !== undefined) resolveEndpoints(flags.domain);
}

async function startRun(
  options: SetupOptions,
  ref: Run['ref'],
  { answers, recall }: Pick<Run, 'answers' | 'recall'>,
): Promise<Run> {
  const { flags, conversation, progress } = options;
  let namedFlags = { ...flags, ...(await askWhichHost(options)) };
  let target = await readTarget(options, namedFlags);
  for (const { text } of target.document.warnings) conversation.warn(text);
  showTarget({ ...options, flags: namedFlags }, target);
  await warnOfReference(options, ref);
  const facts = startingFacts(domainOf(options, target));
  const keeps = conversation.guided && !flags.dryRun && progress?.isKept === true;
  let kept: SavedRun = { step: '' };
  const key = (): [string, string] => [target.location.path, target.accountId];
  const earlier = keeps ? earlierRun(options, target) : undefined;
  /** Saves what is known, with what it holds for: the domain, the host and the config file. */
  const save = (what: Partial<SavedRun>): void => {
    const { host, config } = namedFlags;
    kept = {
      ...kept,
      ...what,
      domain: facts.domain,
      ...(host && { host }),
      ...(config && { config }),
    };
    // A run without any answer yet is not worth resuming.
    if (keeps && kept.way !== undefined) progress?.save(...key(), kept);
  };

  const run: Run = {
    options,
    ref,
    facts,
    earlier,
    answers,
    recall,
    get target() {
      return target;
    },
    get isKept() {
      return facts.keptIn !== undefined || (keeps && kept.way !== undefined);
    },
    async moveTo({ host, account, config }) {
      namedFlags = { ...namedFlags, ...(host && { host }), ...(account && { account }) };
      if (host) delete (namedFlags as { config?: string }).config;
      if (config) namedFlags = { ...namedFlags, config };
      const before = key();
      target = await readTarget(options, namedFlags);
      if (before[0] !== target.location.path || before[1] !== target.accountId) {
        if (keeps) progress?.clear(...before);
      }
      if (!options.writesCopy) conversation.tell(usesConfig(target.location));
    },
    enter(step) {
      // The question whether to continue leaves what it asks about as it is.
      if (step !== 'resume') save({ step });
    },
    remember: save,
    forget() {
      kept = { step: '' };
      if (!keeps) return;
      progress?.clear(...key());
      if (earlier) progress?.clear(earlier.path, earlier.account);
    },
    record: (step) => options.onStep(step),
    report(step: CheckResult) {
      conversation.step(step);
      options.onStep(step);
    },
  };
  return run;
}

/** The run that this one may continue: of this config and account, else the latest where no flag names a place. */
function earlierRun(
  { flags, progress }: SetupOptions,
  target: SetupTarget,
): UnfinishedRun | undefined {
  const { accountId: account, location } = target;
  const here = progress?.of(location.path, account);
  if (here) return { path: location.path, account, run: here };
  const isNamed = flags.config ?? flags.host ?? flags.account;
  return isNamed === undefined ? progress?.lastRun() : undefined;
}

/** The config would name something that is not here: right for another machine, and a slip on this one. */
async function warnOfReference(
  { conversation, env }: SetupOptions,
  ref: Run['ref'],
): Promise<void> {
  if (ref?.kind === 'env' && !env[ref.name]) {
    conversation.warn(localize(texts.refUnset, { name: ref.name }));
  }
  if (ref?.kind !== 'file') return;
  const isThere = await access(ref.path, constants.R_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) conversation.warn(localize(texts.refNoFile, { path: ref.path }));
}

async function readTarget(
  options: SetupOptions,
  flags: SetupOptions['flags'],
): Promise<SetupTarget> {
  const surroundings: HostPlanOptions = { ...options, host: flags.host, config: flags.config };
  const location = await locateForHost(surroundings);
  const document = await readConfig(location, { env: options.env });
  const accountId = flags.account ?? document.section?.defaultAccount ?? 'default';
  const { pluginFolder: source } = options;
  const hostPlan =
    source === undefined
      ? undefined
      : await planHost({ ...surroundings, source, location, document });
  return {
    location,
    document,
    accountId,
    existing: existingAccount(document, accountId),
    hostPlan,
  };
}

/** The config may hold a private deployment's address before it holds any app. */
function domainOf({ flags }: SetupOptions, { document, accountId }: SetupTarget): string {
  const configured = document.section && resolveAccount(document.section, accountId).domain;
  return normalizeDomain(flags.domain ?? configured ?? 'feishu');
}

function existingAccount(document: ConfigDocument, id: string): ResolvedAccount | undefined {
  if (!document.section) return undefined;
  const account = resolveAccount(document.section, id);
  return account.appId ? account : undefined;
}

function startingFacts(domain: string): Facts {
  return {
    task: 'setup',
    method: undefined,
    domain,
    botName: undefined,
    appId: undefined,
    formerAppId: undefined,
    asksAgain: false,
    secret: undefined,
    proved: undefined,
    scanned: undefined,
    keptIn: undefined,
    switchesIn: undefined,
    hasPlugin: false,
    client: undefined,
    bot: undefined,
    wants: {},
    plan: undefined,
    walkPlan: undefined,
    autopilot: undefined,
    walks: false,
    publishesFirst: false,
    walksAll: false,
    wasChanged: false,
    connection: undefined,
    notReady: undefined,
    notConfigured: undefined,
    accepted: false,
    wasGreeted: false,
    sharesApp: undefined,
    othersOnline: 0,
    proof: undefined,
    asksPolicy: false,
    choosesPolicy: false,
    dmPolicy: undefined,
    allowFrom: undefined,
    startsAfter: false,
    returnsTo: undefined,
    cameFrom: undefined,
    config: undefined,
  };
}

function showTarget(
  { conversation, env, flags: { host, config }, writesCopy, rehearsal }: SetupOptions,
  { location, existing, hostPlan }: SetupTarget,
): void {
  if (rehearsal) return;
  if (!writesCopy) conversation.tell(usesConfig(location));
  const named = isPathNamed({ env, ...(config !== undefined && { explicitPath: config }) });
  if (hostPlan && !hostPlan.host && host === undefined && !named) {
    const reader = basename(location.path, '.json');
    conversation.tell(localize(texts.hostIsOpen, { host: reader, path: location.path }));
  }
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  if (proxy) conversation.tell(localize(texts.usesProxy, { proxy: withoutCredentials(proxy) }));
  if (existing) {
    conversation.tell(localize(texts.existing, { account: existing.id, appId: existing.appId }));
  }
}

function withoutCredentials(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : '***';
}
