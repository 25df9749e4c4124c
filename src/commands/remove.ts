/** `remove`: an account taken out of the config again, and what stays elsewhere said. */
import { type ResolvedAccount, resolveAccount } from '../config/accounts.ts';
import { secretFilePath } from '../config/app-secret.ts';
import { type AppliedChange, applyConfigChange, planConfigChange } from '../config/change.ts';
import type { ConfigLocation } from '../config/locate.ts';
import { type ConfigDocument, readConfig } from '../config/read.ts';
import { hasSection, removalEdits, writtenAccounts } from '../config/removal.ts';
import { consoleLinks } from '../platform/console-links.ts';
import { resolveEndpoints } from '../platform/endpoints.ts';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { type Message, message, type Text } from '../shared/text.ts';
import { cancelled } from '../wizard/conversation.ts';
import { askYesNo } from './agreement.ts';
import { type ConfiguredFlags, configLocation } from './configured.ts';
import { removeTexts as texts } from './remove-texts.ts';
import type { Shell } from './shell.ts';

export interface RemoveFlags extends ConfiguredFlags {
  readonly dryRun?: boolean;
}

interface Removal {
  /** `undefined`: settings of the channel without any account. */
  readonly account: string | undefined;
  readonly others: readonly string[];
  readonly location: ConfigLocation;
  readonly document: ConfigDocument;
}

export async function removeCommand(shell: Shell, flags: RemoveFlags): Promise<number> {
  const location = configLocation(shell, flags);
  const { path, because } = location;
  tell(shell, message(texts.usesConfig, { path, because }));
  const document = await readConfig(location, { env: shell.env, missingVariables: 'ignore' });
  const known = writtenAccounts(document);
  const isThere =
    flags.account === undefined ? hasSection(document) : known.includes(flags.account);
  if (!isThere) return nothing(shell, flags, path, known);
  const account = flags.account ?? (await whichAccount(shell, path, known));
  const others = known.filter((id) => id !== account);
  return removeFrom(shell, flags, { account, others, location, document });
}

async function whichAccount(
  shell: Shell,
  path: string,
  known: readonly string[],
): Promise<string | undefined> {
  if (known.length < 2) return known[0];
  if (!shell.interactive) {
    throw new MoltbotFeishuError({
      code: 'missing-value',
      exitCode: ExitCode.usage,
      what: message(texts.several, { path, known: known.join(', ') }),
      fix: texts.severalFix,
      details: { flag: '--account', known },
    });
  }
  const { isCancel, select } = await import('@clack/prompts');
  const answer = await select({
    message: shell.say(texts.askWhich),
    options: known.map((id) => ({ value: id, label: id })),
    input: shell.stdin,
    output: shell.human,
    signal: shell.signal,
  });
  if (isCancel(answer)) throw cancelled();
  return answer;
}

async function removeFrom(shell: Shell, flags: RemoveFlags, removal: Removal): Promise<number> {
  const { account, location } = removal;
  const { env, signal } = shell;
  const change = (now: ConfigDocument) => removalEdits(now, account);
  const plan = await planConfigChange(location, change, { env });
  const diff = plan.diff(shell.lang);
  if (flags.dryRun || shell.interactive) {
    shell.human.write(`${shell.say(texts.planned)}\n${diff}`);
  }
  if (flags.dryRun) {
    tell(shell, message(texts.dryRun, { path: plan.file }));
    if (shell.json) {
      const config = { path: location.path, changed: false, diff };
      print(shell, { ok: true, ...subject(removal), dryRun: true, config, next: [] });
    }
    return ExitCode.ok;
  }
  if (shell.interactive && (await askYesNo(shell, texts.askRemove)) !== true) throw cancelled();
  const applied = await applyConfigChange(location, change, { env, signal });
  const { url, stays } = whatStays(shell, removal, applied);
  const next = removal.others.length > 0 ? 'moltbot-feishu doctor' : 'moltbot-feishu setup';
  if (shell.json) {
    const { changed, backup } = applied;
    print(shell, {
      ok: true,
      ...subject(removal),
      config: { path: location.path, changed, ...(backup !== undefined && { backup }) },
      stays: stays.map((what) => shell.say(what)),
      ...(url !== undefined && { url }),
      next: [next],
    });
    return ExitCode.ok;
  }
  shell.human.write(`${shell.say(doneLine(removal, applied))}\n`);
  for (const what of stays) tell(shell, what);
  tell(shell, message(texts.next, { command: next }));
  return ExitCode.ok;
}

function doneLine({ account, others }: Removal, { path, backup }: AppliedChange): Message {
  const done =
    account !== undefined && others.length > 0
      ? message(texts.removedAccount, { path, account })
      : message(texts.removedSection, { path });
  return backup === undefined ? done : message(texts.backup, { done, backup });
}

/** What the config knew of, and a removal from the config does not reach. */
function whatStays(
  { home }: Shell,
  { account, others, location, document }: Removal,
  { backup }: AppliedChange,
): { readonly stays: readonly (Message | Text)[]; readonly url: string | undefined } {
  const resolved = resolvedOf(document, account);
  const url = resolved?.appId ? consolePage(resolved) : undefined;
  const file = resolved?.appSecretFile;
  const stays: (Message | Text)[] = [];
  if (resolved && url !== undefined) {
    stays.push(message(texts.staysApp, { appId: resolved.appId, url }));
  }
  if (file !== undefined) {
    stays.push(message(texts.staysSecretFile, { path: secretFilePath(file, location, home) }));
  }
  if (backup !== undefined) stays.push(texts.staysBackup);
  stays.push(
    others.length > 0
      ? message(texts.staysPluginForOthers, { known: others.join(', ') })
      : texts.staysPlugin,
  );
  return { stays, url };
}

function resolvedOf(
  { section }: ConfigDocument,
  account: string | undefined,
): ResolvedAccount | undefined {
  return section && account !== undefined ? resolveAccount(section, account) : undefined;
}

function consolePage({ domain, appId }: ResolvedAccount): string {
  return consoleLinks(resolveEndpoints(domain), appId).baseinfo;
}

function subject({ account, document }: Removal): object {
  const resolved = resolvedOf(document, account);
  return {
    ...(account !== undefined && { account }),
    ...(resolved?.appId && { appId: resolved.appId, domain: resolved.domain }),
  };
}

function nothing(
  shell: Shell,
  { account }: RemoveFlags,
  path: string,
  known: readonly string[],
): number {
  tell(
    shell,
    known.length > 0
      ? message(texts.notThere, { path, account: account ?? '', known: known.join(', ') })
      : message(texts.nothing, { path }),
  );
  if (shell.json) {
    const config = { path, changed: false };
    print(shell, { ok: true, account: account ?? 'default', config, next: [] });
  }
  return ExitCode.ok;
}

function tell(shell: Shell, what: Message | Text): void {
  shell.human.write(`${shell.paint.dim(shell.say(what))}\n`);
}

function print({ stdout }: Shell, document: object): void {
  stdout.write(`${JSON.stringify(document)}\n`);
}
