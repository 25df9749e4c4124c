/**
 * Removes an account, or the whole channel, from the config; changes nothing on the platform, and
 * reports what stays there.
 *
 * In: the config's location and the account. Out: what was removed, and what stays where.
 */
import type { ResolvedAccount } from '../../config/account/account.ts';
import { resolveAccount } from '../../config/account/accounts.ts';
import { applyConfigChange, checkWritable, planConfigChange } from '../../config/change/change.ts';
import {
  hasSection,
  holdsNothingElse,
  removalEdits,
  sectionRemoval,
  writtenAccounts,
} from '../../config/change/removal.ts';
import { type ConfigLocation, type HostName, usesConfig } from '../../config/locate.ts';
import { type ConfigDocument, readConfig } from '../../config/read.ts';
import { shownPath } from '../../config/source/pasted-credential.ts';
import type { CheckResult } from '../../doctor/check.ts';
import { describeAccountsElsewhere } from '../../host/machine/other-configs.ts';
import { consoleLinks } from '../../platform/address/console-links.ts';
import { resolveEndpoints } from '../../platform/address/endpoints.ts';
import { type Lang, type LocalizedText, localize, verbatim } from '../../shared/text/text.ts';
import { type Conversation, cancelled } from '../conversation/conversation.ts';
import { wizardError } from '../wizard-errors.ts';
import { backupsWithSecret } from './remove-backups.ts';
import {
  findRemainingInboxes,
  purge,
  purgePlan,
  type RemainingInbox,
  remainingInboxText,
} from './remove-inbox.ts';
import { type PluginToRemove, pluginToRemove } from './remove-plugin.ts';
import { removeTexts as texts } from './remove-texts.ts';

export interface RemoveOptions {
  readonly location: ConfigLocation;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The directory that `~` means. */
  readonly home: string;
  readonly conversation: Conversation;
  readonly lang: Lang;
  readonly signal: AbortSignal;
  readonly account: string | undefined;
  readonly all: boolean;
  readonly dryRun: boolean;
  /** Deletes the inbox of what is taken out, too. */
  readonly purge: boolean;
  /** Removes the plugin, too; asked where a person can be asked. */
  readonly plugin: boolean | undefined;
  /** From `--host`. */
  readonly wantedHost: HostName | 'none' | undefined;
  readonly platform: NodeJS.Platform;
  readonly now: () => number;
}

export interface RemainingItem {
  readonly what: 'app' | 'secret-file' | 'inbox' | 'plugin' | 'backup';
  readonly text: LocalizedText;
  readonly url?: string;
}

export interface Removed {
  /** The removed accounts; empty where there were none. */
  readonly accounts: readonly string[];
  readonly config: {
    readonly path: string;
    readonly changed: boolean;
    readonly backup?: string;
    readonly diff?: string;
  };
  readonly remaining: readonly RemainingItem[];
  /** The results of deleting the inboxes. */
  readonly steps: readonly CheckResult[];
  /** Commands that may follow. */
  readonly next: readonly string[];
}

const ALL = '\u0000all';

/** @throws MoltbotFeishuError `missing-value` (usage) with several accounts and no terminal to ask in; `cancelled`; what the config throws */
export async function removeAccount(options: RemoveOptions): Promise<Removed> {
  const { location, env, conversation, lang, signal } = options;
  const document = await readConfig(location, { env, missingVariables: 'ignore' });
  const { section } = document;
  const ids = writtenAccounts(document);
  const isPresent =
    options.account === undefined
      ? hasSection(document)
      : removalEdits(document, options.account).length > 0;
  const plugin = await pluginToRemove(options, document);
  if (!isPresent) {
    const { path } = location;
    if (ids.length === 0 && (await removesPluginOnly(options, plugin))) {
      return removePluginOnly(options, plugin);
    }
    const known = ids;
    conversation.tell(
      options.account !== undefined && ids.length > 0
        ? localize(texts.notThere, { path, account: options.account, known })
        : localize(texts.nothing, { path }),
    );
    const elsewhere =
      ids.length === 0 ? await describeAccountsElsewhere(options, 'remove') : undefined;
    if (elsewhere) conversation.tell(elsewhere.advice);
    return {
      accounts: [],
      config: { path, changed: false },
      remaining: [],
      steps: [],
      next: elsewhere ? [elsewhere.command] : [],
    };
  }
  conversation.tell(usesConfig(location));
  const chosen = await choose(options, ids);
  const removedIds = chosen === ALL ? ids : [chosen];
  const others = ids.filter((id) => !removedIds.includes(id));
  const isLast = others.length === 0;
  const removesPlugin = isLast && (await plugin.isWanted());
  const change = (now: ConfigDocument) => [
    ...(chosen === ALL ? sectionRemoval(now) : removalEdits(now, chosen)),
    ...(removesPlugin ? plugin.edits(now) : []),
  ];
  const plan = await planConfigChange(location, change, { env });
  if (conversation.guided || options.dryRun) conversation.show(texts.planned, plan.diff(lang));
  const accounts = section ? removedIds.map((id) => resolveAccount(section, id)) : [];
  const secrets = accounts.flatMap(({ appSecret }) => appSecret ?? []);
  const backups = () => backupsWithSecret([plan.file, location.path], secrets);
  const inboxes = await findRemainingInboxes(document, accounts, others, options);
  const planned = [
    ...(options.purge ? purgePlan(inboxes) : []),
    ...(removesPlugin ? [plugin.planned] : []),
  ];
  if (conversation.guided || options.dryRun) for (const step of planned) conversation.step(step);
  if (options.dryRun) {
    conversation.tell(localize(texts.dryRun, { path: plan.file }));
    const config = { path: location.path, changed: false, diff: plan.diff(lang) };
    const remainingPlugin = removesPlugin || !isLast ? undefined : plugin.remainingText;
    const left = options.purge ? [] : inboxes;
    const remaining = remainingItems(remainingPlugin, accounts, left, await backups());
    return { accounts: removedIds, config, remaining, steps: planned, next: [] };
  }
  if (plan.changed) await checkWritable(plan.file);
  const answer = await conversation.choose(texts.askSure, [
    { value: 'yes', label: texts.yes },
    { value: 'no', label: texts.no },
  ]);
  if (answer !== 'yes') throw cancelled();
  const applied = await applyConfigChange(location, change, { env, signal });
  const { path, changed, backup } = applied;
  conversation.tell(
    localize(texts.removed, { account: removedIds.length > 0 ? removedIds : 'feishu', path }),
  );
  if (isLast && changed && holdsNothingElse(document)) conversation.tell(texts.removedChannels);
  const steps = [...(options.purge ? await deleteInboxes(options, inboxes, plugin.host) : [])];
  if (removesPlugin) steps.push(await plugin.remove().then((step) => shown(options, step)));
  const remainingPlugin = removesPlugin || !isLast ? undefined : plugin.remainingText;
  const left = options.purge ? [] : inboxes;
  const remaining = remainingItems(remainingPlugin, accounts, left, await backups());
  conversation.tell(texts.remaining);
  for (const { text } of remaining) conversation.tell(text);
  return {
    accounts: removedIds,
    config: { path, changed, ...(backup !== undefined && { backup }) },
    remaining,
    steps,
    next: changed ? [`moltbot-feishu ${others.length > 0 ? 'doctor' : 'setup'}`] : [],
  };
}

/** The config names no account any more: only what `--plugin` asks for is left to do. */
async function removesPluginOnly({ plugin, dryRun }: RemoveOptions, { isWanted }: PluginToRemove) {
  return plugin === true && !dryRun && (await isWanted());
}

async function removePluginOnly(options: RemoveOptions, plugin: PluginToRemove): Promise<Removed> {
  const { location, env, signal } = options;
  const change = (now: ConfigDocument) => [...plugin.edits(now)];
  const { path, changed, backup } = await applyConfigChange(location, change, { env, signal });
  const step = shown(options, await plugin.remove());
  return {
    accounts: [],
    config: { path, changed, ...(backup !== undefined && { backup }) },
    remaining: [],
    steps: [step],
    next: [],
  };
}

function shown({ conversation }: RemoveOptions, step: CheckResult): CheckResult {
  conversation.step(step);
  return step;
}

async function choose(options: RemoveOptions, ids: readonly string[]): Promise<string> {
  const { conversation, account, all } = options;
  const [only, ...others] = ids;
  // A channel without any account is taken out as a whole.
  if (all || only === undefined) return ALL;
  if (account !== undefined) return account;
  if (others.length === 0) return only;
  if (!conversation.guided) {
    const what = localize(texts.several, { accounts: ids });
    throw wizardError('missingAnswer', {}, { what, advice: texts.severalAdvice });
  }
  return conversation.choose(texts.askWhich, [
    ...ids.map((id) => ({ value: id, label: verbatim(id) })),
    { value: ALL, label: texts.all },
  ]);
}

/** A gateway that reads the config releases the account some seconds after the write (ms). */
const GATEWAY_STOP_TIMEOUT_MS = 10_000;
const OWNER_STOP_TIMEOUT_MS = 1_000;

async function deleteInboxes(
  { conversation }: RemoveOptions,
  inboxes: readonly RemainingInbox[],
  host: HostName | undefined,
): Promise<readonly CheckResult[]> {
  const waitMs = host ? GATEWAY_STOP_TIMEOUT_MS : OWNER_STOP_TIMEOUT_MS;
  const steps = await conversation.during(texts.purging, (signal) =>
    Promise.all(inboxes.map((inbox) => purge(inbox, { waitMs, signal }))),
  );
  const all = inboxes.length > 0 ? steps : purgePlan(inboxes);
  for (const step of all) conversation.step(step);
  return all;
}

function remainingItems(
  plugin: LocalizedText | undefined,
  accounts: readonly ResolvedAccount[],
  inboxes: readonly RemainingInbox[],
  backups: readonly string[],
): RemainingItem[] {
  const remaining: RemainingItem[] = [];
  // Accounts may share an app, or the file of its secret.
  const apps = new Map(accounts.map(({ appId, domain }) => [appId, domain]));
  for (const [appId, domain] of apps) {
    if (appId === '') continue;
    const url = consoleLinks(resolveEndpoints(domain), appId).app;
    remaining.push({ what: 'app', text: localize(texts.remainingApp, { appId, url }), url });
  }
  for (const appSecretFile of new Set(accounts.map((account) => account.appSecretFile))) {
    if (appSecretFile === undefined) continue;
    const text = localize(texts.remainingSecretFile, { path: shownPath(appSecretFile) });
    remaining.push({ what: 'secret-file', text });
  }
  for (const inbox of inboxes) remaining.push({ what: 'inbox', text: remainingInboxText(inbox) });
  if (plugin) remaining.push({ what: 'plugin', text: plugin });
  for (const path of backups) {
    remaining.push({ what: 'backup', text: localize(texts.remainingBackup, { path }) });
  }
  return remaining;
}
