/**
 * The way from credentials to a written config: look, ask, verify, prove, write.
 *
 * In: flags, the environment and a conversation (guided or unattended). Out: what was done, step by
 * step. Nothing is written before everything that can be refused has been asked.
 */
import type { Readable } from 'node:stream';
import { loadAppSecret, type ResolvedAccount, resolveAccount } from '../config/accounts.ts';
import { applyConfigChange, planConfigChange } from '../config/change.ts';
import type { ConfigLocation, HostName } from '../config/locate.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import { appChecks } from '../doctor/app-checks.ts';
import { type CheckResult, runChecks } from '../doctor/check.ts';
import { type BotInfo, createPlatformClient, type PlatformClient } from '../platform/client.ts';
import { resolveEndpoints } from '../platform/endpoints.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import { Secret } from '../shared/secret.ts';
import { type Lang, type Message, message, type Text, verbatim } from '../shared/text.ts';
import { type AccountChoice, accountEdits } from './account-edits.ts';
import { type Conversation, cancelled } from './conversation.ts';
import { type HandOver, type HandOverOptions, locateForHost, planHandOver } from './hand-over.ts';
import type { SetupProgress } from './progress.ts';
import { proveByMessage } from './proof.ts';
import {
  allowFromQuestion,
  appIdQuestion,
  appSecretQuestion,
  dmPolicyQuestion,
  invalidAnswer,
  normalizeDomain,
  refuseAccountId,
  refuseAllowFrom,
  splitList,
} from './questions.ts';
import { givenSecret, parseSecretRef, type SecretFlags } from './secret-source.ts';
import { wizardTexts as texts } from './texts.ts';

export interface SetupFlags extends SecretFlags {
  readonly appId?: string;
  readonly account?: string;
  readonly domain?: string;
  readonly dmPolicy?: string;
  readonly allowFrom?: readonly string[];
  readonly secretRef?: string;
  readonly host?: HostName | 'none';
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
  /** Told each step as it ends; they are there also when setup fails. */
  readonly onStep: (step: CheckResult) => void;
  readonly platform: NodeJS.Platform;
  /** Our built plugin; without it no host is looked for, since setup runs inside one. */
  readonly pluginFolder?: string | undefined;
  /** What an earlier, unfinished run was told; never a secret. */
  readonly progress?: SetupProgress;
}

export interface SetupOutcome {
  readonly account: string;
  readonly appId: string;
  readonly domain: string;
  readonly bot: BotInfo | undefined;
  readonly config: {
    readonly path: string;
    readonly changed: boolean;
    readonly backup?: string | undefined;
    /** The change as a diff, secrets masked; in a dry run. */
    readonly diff?: string;
  };
  /** The host that reads the config, if one is here. */
  readonly host: { readonly name: HostName; readonly isUp: boolean } | undefined;
  /** The app is not ready: the config is written, and this says what is left. */
  readonly notReady: MoltbotFeishuError | undefined;
}

interface Credentials {
  readonly appId: string;
  readonly appSecret: Secret;
  /** The secret is the one that the config already holds. */
  readonly kept: boolean;
}

export async function setUp(options: SetupOptions): Promise<SetupOutcome> {
  const { flags, conversation, env } = options;
  const ref = flags.secretRef === undefined ? undefined : parseSecretRef(flags.secretRef);
  const allowFrom = flags.allowFrom ?? [];
  if (flags.account !== undefined) checkFlag('--account', refuseAccountId(flags.account));
  checkFlag(allowFromQuestion.flag, refuseAllowFrom(allowFrom));
  if (flags.domain !== undefined) resolveEndpoints(flags.domain);

  const surroundings: HandOverOptions = { ...options, host: flags.host, config: flags.config };
  const location = await locateForHost(surroundings);
  const document = await readConfig(location, { env });
  for (const warning of document.warnings) conversation.warn(warning);
  const id = flags.account ?? document.section?.defaultAccount ?? 'default';
  const existing = existingAccount(document, id);
  // A private deployment's address may stand there before any app does.
  const configured = document.section && resolveAccount(document.section, id).domain;
  const domain = normalizeDomain(flags.domain ?? configured ?? 'feishu');
  look(options, location, existing, domain);
  const { pluginFolder: source } = options;
  const handOver =
    source === undefined
      ? undefined
      : await planHandOver({ ...surroundings, source, location, document });

  const { credentials, client, bot, notReady } = await verifiedCredentials(options, {
    existing,
    location,
    ref,
    domain,
  });
  const proof =
    conversation.guided && flags.verify && !notReady
      ? await proveByMessage({
          ...options,
          client,
          appSecret: credentials.appSecret,
          botName: bot?.name,
        })
      : undefined;
  if (proof) report(options, proof.step);

  const policy = await choosePolicy(options, existing, allowFrom, proof?.senderOpenId);
  const choice: AccountChoice = {
    accountId: id,
    appId: credentials.appId,
    secret:
      ref ??
      (credentials.kept ? { kind: 'keep' } : { kind: 'literal', value: credentials.appSecret }),
    domain,
    ...policy,
  };
  const config = await write(options, location, choice, handOver);
  if (handOver && !flags.dryRun) {
    report(options, await conversation.during(texts.askingHost, () => handOver.verify(id)));
  }
  return {
    account: id,
    appId: credentials.appId,
    domain,
    bot,
    config,
    host: handOver?.host && { name: handOver.host, isUp: handOver.isUp },
    notReady: flags.verify ? notReady : undefined,
  };
}

/** Flags are checked before anything is asked or called. */
function checkFlag(flag: string, problem: Message | undefined): void {
  if (problem) throw invalidAnswer({ flag }, problem);
}

function existingAccount(document: ConfigDocument, id: string): ResolvedAccount | undefined {
  if (!document.section) return undefined;
  const account = resolveAccount(document.section, id);
  return account.appId ? account : undefined;
}

function look(
  options: SetupOptions,
  location: ConfigLocation,
  existing: ResolvedAccount | undefined,
  domain: string,
) {
  const { conversation, env } = options;
  conversation.tell(message(texts.usesConfig, { path: location.path, because: location.because }));
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  if (proxy) conversation.tell(message(texts.usesProxy, { proxy: withoutCredentials(proxy) }));
  if (existing) {
    conversation.tell(message(texts.existing, { account: existing.id, appId: existing.appId }));
  } else if (conversation.guided && options.flags.appId === undefined) {
    conversation.tell(message(texts.whereCredentials, { url: resolveEndpoints(domain).console }));
  }
}

function withoutCredentials(proxy: string): string {
  return URL.canParse(proxy) ? new URL(proxy).host : '***';
}

interface VerificationInput {
  readonly existing: ResolvedAccount | undefined;
  readonly location: ConfigLocation;
  readonly ref: ReturnType<typeof parseSecretRef> | undefined;
  readonly domain: string;
}

interface Verified {
  readonly credentials: Credentials;
  readonly client: PlatformClient;
  readonly bot: BotInfo | undefined;
  readonly notReady: MoltbotFeishuError | undefined;
}

/** Asks for credentials until the platform accepts them, or the person leaves. */
async function verifiedCredentials(
  options: SetupOptions,
  input: VerificationInput,
): Promise<Verified> {
  const { conversation, flags } = options;
  let retry: 'none' | 'ask-again' | 'same' = 'none';
  let credentials: Credentials | undefined;
  for (;;) {
    if (!credentials || retry !== 'same') {
      credentials = await askCredentials(options, input, retry === 'ask-again');
    }
    const client = createPlatformClient({
      appId: credentials.appId,
      appSecret: credentials.appSecret,
      domain: input.domain,
      env: options.env,
      log: options.log,
      now: options.now,
    });
    if (!flags.verify) {
      for (const { id } of appChecks) {
        if (id !== 'network')
          report(options, { id, ms: 0, status: 'not-checked', detail: texts.notVerified });
      }
      return { credentials, client, bot: undefined, notReady: undefined };
    }
    let bot: BotInfo | undefined;
    const results = await conversation.during(texts.verifying, () =>
      runChecks(
        appChecks,
        { client, env: options.env, now: options.now, onBot: (info) => (bot = info) },
        { signal: options.signal, now: options.now },
      ),
    );
    const fatal = results.find((result) => result.error && stopsSetup(result.error))?.error;
    for (const result of results) if (result.id !== 'network') report(options, result);
    if (!fatal) return { credentials, client, bot, notReady: appNotReady(results) };
    if (!conversation.guided) throw fatal;
    const rejected = fatal.exitCode === ExitCode.credentialsRejected;
    const next = await conversation.choose(texts.askRetry, [
      rejected
        ? { value: 'ask-again', label: texts.choiceAgain }
        : { value: 'same', label: texts.choiceRetry },
      rejected
        ? { value: 'same', label: texts.choiceRetry }
        : { value: 'ask-again', label: texts.choiceAgain },
      { value: 'leave', label: texts.choiceLeave },
    ]);
    if (next === 'leave') throw fatal;
    retry = next === 'same' ? 'same' : 'ask-again';
  }
}

/** Rejected credentials and an absent platform stop setup; an app that is not ready does not. */
function stopsSetup(error: MoltbotFeishuError): boolean {
  return error.exitCode === ExitCode.credentialsRejected || error.exitCode === ExitCode.unavailable;
}

function appNotReady(results: readonly CheckResult[]): MoltbotFeishuError | undefined {
  const failed = results.find((result) => result.status === 'fail');
  if (!failed) return undefined;
  if (failed.error) return failed.error;
  return new MoltbotFeishuError({
    code: failed.id === 'permissions' ? 'scope-missing' : 'app-not-ready',
    exitCode: ExitCode.appNotReady,
    what: message(texts.appNotReady, { problem: asMessage(failed.detail ?? verbatim(failed.id)) }),
    fix: failed.fix,
    url: failed.url,
  });
}

function asMessage(text: Message | Text): Message {
  return 'text' in text ? text : message(text);
}

async function askCredentials(
  options: SetupOptions,
  input: VerificationInput,
  again: boolean,
): Promise<Credentials> {
  const { flags, env, conversation, progress } = options;
  const { existing } = input;
  const givenAppId = flags.appId ?? (env.FEISHU_APP_ID || undefined);
  let appId = again ? undefined : givenAppId;
  if (appId !== undefined) {
    const problem = appIdQuestion.refuse?.(appId);
    if (problem) throw invalidAnswer(appIdQuestion, problem);
  }
  appId ??= !conversation.guided && existing ? existing.appId : undefined;
  appId ??= await conversation.ask(appIdQuestion, givenAppId ?? existing?.appId ?? progress?.appId);
  if (conversation.guided) progress?.save({ appId });

  const given = again ? undefined : await givenSecret(flags, input.ref, env, options.stdin);
  if (given) return { appId, appSecret: given, kept: false };
  if (!again && existing?.appId === appId && (existing.appSecret || existing.appSecretFile)) {
    return {
      appId,
      appSecret: await loadAppSecret(existing, { location: input.location, home: options.home }),
      kept: true,
    };
  }
  const answer = await conversation.ask(appSecretQuestion);
  return { appId, appSecret: new Secret(answer), kept: false };
}

async function choosePolicy(
  { flags, conversation }: SetupOptions,
  existing: ResolvedAccount | undefined,
  allowFrom: readonly string[],
  senderOpenId: string | undefined,
): Promise<Pick<AccountChoice, 'dmPolicy' | 'allowFrom'>> {
  if (!conversation.guided || flags.dmPolicy !== undefined) {
    return { dmPolicy: flags.dmPolicy, allowFrom: allowFrom.length > 0 ? allowFrom : undefined };
  }
  const dmPolicy = await conversation.ask(dmPolicyQuestion, existing?.dmPolicy);
  if (dmPolicy !== 'allowlist' || allowFrom.length > 0) {
    return { dmPolicy, allowFrom: allowFrom.length > 0 ? allowFrom : undefined };
  }
  const known = existing?.allowFrom.length
    ? existing.allowFrom
    : senderOpenId
      ? [senderOpenId]
      : [];
  return {
    dmPolicy,
    allowFrom: splitList(await conversation.ask(allowFromQuestion, known.join(', '))),
  };
}

async function write(
  options: SetupOptions,
  location: ConfigLocation,
  choice: AccountChoice,
  handOver: HandOver | undefined,
): Promise<SetupOutcome['config']> {
  const { flags, conversation, env, signal } = options;
  const change = (document: ConfigDocument) => [
    ...accountEdits(document.section, choice),
    ...(handOver?.edits(document) ?? []),
  ];
  const plan = await planConfigChange(location, change, { env });
  if (flags.dryRun && handOver) report(options, handOver.planned);
  if (!plan.changed) {
    conversation.tell(message(texts.nothingToWrite, { path: plan.file }));
    // The plugin may be missing all the same: a config that names a channel nobody has.
    if (!flags.dryRun) await withPlugin(options, handOver, () => Promise.resolve());
    return { path: location.path, changed: false };
  }
  if (flags.dryRun || conversation.guided) conversation.show(texts.planned, plan.diff());
  if (flags.dryRun) {
    conversation.tell(message(texts.dryRun, { path: plan.file }));
    return { path: location.path, changed: false, diff: plan.diff() };
  }
  if (!(await conversation.confirm(texts.askWrite))) throw cancelled();
  signal.throwIfAborted();
  const applied = await withPlugin(options, handOver, () =>
    applyConfigChange(location, change, { env, signal }),
  );
  conversation.tell(
    applied.backup
      ? message(texts.wroteBackup, { path: applied.path, backup: applied.backup })
      : message(texts.wrote, { path: applied.path }),
  );
  return { path: applied.path, changed: applied.changed, backup: applied.backup };
}

/** The plugin comes before the config that names its channel; where that fails, it goes again. */
async function withPlugin<T>(
  options: SetupOptions,
  handOver: HandOver | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const placement = await handOver?.place();
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await placement?.undo();
    throw error;
  }
  if (placement) {
    await placement.keep();
    report(options, placement.step);
  }
  return result;
}

function report(options: SetupOptions, step: CheckResult): void {
  options.conversation.step(step);
  options.onStep(step);
}
