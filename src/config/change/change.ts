/**
 * A change of `channels.feishu`: planned, shown, planned again under the lock, and then written.
 *
 * In: where the config is and which edits follow from what it says. Out: the file that was written and
 * its backup. A change that changes nothing writes nothing.
 */
import { dirname } from 'node:path';
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { type Lang, type LocalizedText, localize, type Text } from '../../shared/text/text.ts';
import { configError } from '../config-errors.ts';
import { configTexts as texts } from '../config-texts.ts';
import { type ConfigEdit, planEdit } from '../edit.ts';
import { errnoOf, type FileSystem, nodeFileSystem } from '../file/file-system.ts';
import { type HeldLock, withLock } from '../file/lock.ts';
import { readTextWith } from '../file/read-text.ts';
import { statIfThere } from '../file/temporary.ts';
import { isOpenToOthers, writeProblem } from '../file/writable.ts';
import { replaceFile } from '../file/write.ts';
import { sameJson, valueAt } from '../json5/json-update.ts';
import type { ConfigLocation } from '../locate.ts';
import { type ConfigDocument, readConfig } from '../read.ts';
import { maskedDiff } from '../shown/diff.ts';
import { maskConfigText } from '../shown/mask.ts';
import { findSectionFile, realFile } from '../source/section-file.ts';

/** The edits, or a function that derives them from the config; it runs again with each plan. */
export type ConfigChange =
  | readonly ConfigEdit[]
  | ((document: ConfigDocument) => readonly ConfigEdit[]);

export interface ConfigPlan {
  /** The file to write, symlinks followed: the config itself, or one that it includes. */
  readonly file: string;
  readonly changed: boolean;
  readonly before: string;
  readonly after: string;
  /** Whether the file is there yet. */
  readonly exists: boolean;
  /** Others than its owner may read or write it. */
  readonly isOpen: boolean;
  /** What to paste by hand, secrets hidden. */
  readonly snippet: string;
  /** How to do it by hand, where the file may not be written. */
  readonly byHand: LocalizedText;
  /** Unified diff, secrets hidden. */
  diff(lang?: Lang): string;
}

export interface ChangeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fs?: FileSystem;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** A clock that is never set (ms). */
  readonly monotonic?: () => number;
  readonly random?: () => number;
  /** The user of this process; `undefined` on systems without users. */
  readonly uid?: number | undefined;
  /** Takes the file away from other users (mode 0600), its backups too. */
  readonly closes?: boolean | undefined;
}

export interface AppliedChange {
  readonly changed: boolean;
  /** The file that was, or would have been, written. */
  readonly path: string;
  /** The path of the backup of the previous content. */
  readonly backup?: string;
}

/**
 * What a change would do to which file; writes nothing.
 *
 * Variables that are not set do not matter here: an edit does not need their values.
 *
 * @throws MoltbotFeishuError (exit 5) what `readConfig` and `planEdit` throw; `config-invalid` also when
 *   the section would be wrong after the change; `config-include-unsupported` (details: file, snippet)
 */
export async function planConfigChange(
  location: ConfigLocation,
  change: ConfigChange,
  options: ChangeOptions,
): Promise<ConfigPlan> {
  const { env, fs = nodeFileSystem } = options;
  const readText = (path: string) => readTextWith((file) => fs.readFile(file), path);
  const lenient = { env, missingVariables: 'ignore' } as const;
  const document = await readConfig(location, { ...lenient, readText });
  const edits = typeof change === 'function' ? change(document) : change;
  const snippet = snippetOf(edits);
  const byHand = manualAdvice(edits, snippet);
  const refused = (file: string, reason: Text) =>
    configError(
      'includeUnsupported',
      { file, reason: localize(reason) },
      { advice: byHand, details: { file, snippet } },
    );
  const owner = await findSectionFile(location.path, readText, fs, deepestOf(edits));
  if (owner.kind === 'unsupported') throw refused(owner.file, owner.reason);
  const text = await readText(owner.file);
  const before = text ?? '';
  const isElsewhere = ({ path }: ConfigEdit) =>
    OWNED.slice(0, owner.depth).some((key, index) => path[index] !== key);
  if (edits.some(isElsewhere)) {
    throw refused(owner.file, texts.includeShadowed);
  }
  const local = edits.map((edit) => ({ ...edit, path: edit.path.slice(owner.depth) }));
  const { text: after, changed } = planEdit(before, local, owner.file);
  const then = (path: string) => (path === owner.file ? Promise.resolve(after) : readText(path));
  // Checked as the host will read it, with everything merged: an edit must lead to what was asked.
  const { merged } = changed
    ? await readConfig(location, { ...lenient, readText: then })
    : document;
  const holds = (edit: ConfigEdit) =>
    sameJson(valueAt(merged, edit.path), 'value' in edit ? edit.value : undefined);
  if (!edits.every((edit, index) => holds(edit) || isOverwritten(edits, index))) {
    throw refused(owner.file, texts.includeShadowed);
  }
  const file = await realFile(fs, owner.file);
  return {
    file,
    changed,
    before,
    after,
    exists: text !== undefined,
    isOpen: isOpenToOthers(await statIfThere(fs, file), options.uid ?? process.getuid?.()),
    snippet,
    byHand,
    diff: (lang = 'en') =>
      maskedDiff(file, before, after, { lang, base: OWNED.slice(0, owner.depth), own: edits }),
  };
}

/** The path of our section. An included file may hold the section or a key on this path. */
const OWNED = ['channels', 'feishu'];

/** Removing the section removes its `$include`; the included file is not edited. */
function deepestOf(edits: readonly ConfigEdit[]): number {
  return Math.min(OWNED.length, ...edits.map(({ path }) => path.length - 1));
}

/** Whether a later edit of the same change writes to the same path, or to one above or below it. */
function isOverwritten(edits: readonly ConfigEdit[], index: number): boolean {
  const own = edits[index]?.path ?? [];
  return edits.slice(index + 1).some(({ path }) => {
    const length = Math.min(path.length, own.length);
    return path.slice(0, length).join('\0') === own.slice(0, length).join('\0');
  });
}

/** How often to plan again while another program writes the file without taking our lock. */
const MAX_REPLANS = 50;

/**
 * Makes a change: takes the lock, plans on the current content, and writes exactly that plan.
 *
 * @throws MoltbotFeishuError (exit 5) what `planConfigChange` throws; `config-managed` (details:
 *   snippet); `config-locked`; `config-unwritable` (details: path, reason); `config-contended`; the
 *   signal's reason. Whatever it throws, nothing was written.
 */
export async function applyConfigChange(
  location: ConfigLocation,
  change: ConfigChange,
  options: ChangeOptions,
): Promise<AppliedChange> {
  const { env, fs = nodeFileSystem, signal, now = Date.now, random = Math.random } = options;
  const { monotonic } = options;
  signal?.throwIfAborted();
  let plan = await planConfigChange(location, change, options).catch((error: unknown) => {
    throw isMoltbotFeishuError(error) || signal?.aborted ? error : unwritable(location.path, error);
  });
  checkNotManaged(plan, env);
  try {
    for (let attempt = 0; attempt < MAX_REPLANS; attempt++) {
      if (!plan.changed) return { changed: false, path: plan.file };
      const { file } = plan;
      if (!plan.exists) await fs.mkdir(dirname(file), 0o700);
      const applied = await withLock(file, { signal, random, now, monotonic }, async (held) => {
        plan = await planConfigChange(location, change, options);
        // The section has moved to another file, which has its own lock.
        return plan.file === file ? write(plan, held) : undefined;
      });
      if (applied) return applied;
      plan = await planConfigChange(location, change, options);
    }
  } catch (error) {
    if (isMoltbotFeishuError(error) || signal?.aborted) throw error;
    throw unwritable(plan.file, error);
  }
  throw configError('contended', { path: plan.file }, { details: { path: plan.file } });

  async function write({ file, changed, before, after, exists }: ConfigPlan, held: HeldLock) {
    if (!changed) return { changed: false, path: file };
    await checkWritable(file, options);
    const replaced = await replaceFile(fs, {
      path: file,
      before: exists ? before : undefined,
      after,
      now: now(),
      closes: options.closes === true,
      check: () => {
        signal?.throwIfAborted();
        held.check();
      },
    });
    if (replaced.outcome === 'moved-on') return undefined;
    return {
      changed: true,
      path: file,
      ...(replaced.backup !== undefined && { backup: replaced.backup }),
    };
  }
}

/**
 * Looks whether the file of a plan may be replaced, before anything else is done for it.
 *
 * @throws MoltbotFeishuError `config-unwritable` (exit 5; details: path, reason)
 */
export async function checkWritable(
  file: string,
  { fs = nodeFileSystem, uid = process.getuid?.() }: Pick<ChangeOptions, 'fs' | 'uid'> = {},
): Promise<void> {
  const obstacle = await writeProblem(fs, file, uid).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  if (obstacle === undefined) return;
  const reason = typeof obstacle === 'string' ? obstacle : 'EACCES';
  const params = { path: file, reason: obstacle };
  const advice = localize(writeAdvice.get(reason) ?? texts.permissionAdvice, params);
  throw configError('unwritable', params, { advice, details: { path: file, reason } });
}

/** The variable that says the config is managed from outside and not to be written (docs/hosts.md#config). */
export function managingVariable(env: ChangeOptions['env']): string | undefined {
  return ['MOLTBOT_NIX_MODE', 'CLAWDBOT_NIX_MODE', 'OPENCLAW_NIX_MODE'].find(
    (name) => env[name] === '1',
  );
}

/**
 * Looks whether the file of a plan is managed from outside, before anything else is done for it.
 *
 * @throws MoltbotFeishuError `config-managed` (exit 5; details: path, snippet)
 */
export function checkNotManaged(plan: ConfigPlan, env: ChangeOptions['env']): void {
  const managedBy = managingVariable(env);
  if (!plan.changed || managedBy === undefined) return;
  const { file: path, snippet, byHand: advice } = plan;
  throw configError('managed', { path, name: managedBy }, { advice, details: { path, snippet } });
}

const writeAdvice = new Map<string, Text>([
  ['ENOSPC', texts.diskFullAdvice],
  ['EDQUOT', texts.diskFullAdvice],
  ['EACCES', texts.permissionAdvice],
  ['EPERM', texts.permissionAdvice],
  ['EROFS', texts.readOnlyAdvice],
  ['EISDIR', texts.isDirectoryAdvice],
  ['ENOTDIR', texts.notADirectoryAdvice],
  ['EBUSY', texts.busyAdvice],
]);

function unwritable(path: string, error: unknown): MoltbotFeishuError {
  const details = { path, reason: errnoOf(error) ?? String(error) };
  const advice = localize(writeAdvice.get(details.reason) ?? texts.unwritableAdvice, details);
  return configError('unwritable', details, { advice, details, cause: error });
}

function manualAdvice(edits: readonly ConfigEdit[], snippet: string): LocalizedText {
  const gone = edits.filter((edit) => 'remove' in edit);
  if (gone.length < edits.length) return localize(texts.addByHandAdvice, { snippet });
  return localize(texts.removeByHandAdvice, { keys: gone.map(({ path }) => path.join('.')) });
}

/** The values that the edits set, written as a config of their own. */
function snippetOf(edits: readonly ConfigEdit[]): string {
  const { text } = planEdit(
    '',
    edits.filter((edit) => 'value' in edit),
  );
  return maskConfigText(text, { own: edits }).trimEnd();
}
