/**
 * A change of `channels.feishu`: planned, shown, and written as planned on what stands there then.
 *
 * In: where the config is and which edits follow from what it says. Out: the file that was written
 * and its backup. A change that changes nothing writes nothing.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { JsonObjectNode } from '@croct/json5-parser';
import { ExitCode, isMoltbotFeishuError, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { maskedDiff } from './diff.ts';
import { type ConfigEdit, planEdit } from './edit.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import type { ConfigLocation } from './locate.ts';
import { withLock } from './lock.ts';
import { maskSecretsInText } from './mask.ts';
import { type JsonValue, parseRoot } from './parse.ts';
import { asObject, type ConfigDocument, includeNames, readConfig } from './read.ts';
import { configTexts as texts } from './texts.ts';
import { replaceFile } from './write.ts';

export type ConfigChange = readonly ConfigEdit[] | ((document: ConfigDocument) => readonly ConfigEdit[]);

export interface ConfigPlan {
  /** The file that holds the key: the config itself, or one that it includes. */
  readonly file: string;
  readonly changed: boolean;
  readonly before: string;
  readonly after: string;
  /** What to paste by hand, secrets masked. */
  readonly snippet: string;
  /** Unified diff, secrets masked. */
  diff(): string;
}

export interface ChangeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fs?: FileSystem;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

export interface AppliedChange {
  readonly changed: boolean;
  readonly path: string;
  readonly backup?: string;
}

interface Target {
  /** The real file, symlinks followed. */
  readonly file: string;
  /** How many leading keys of an edit's path the file stands for. */
  readonly depth: number;
}

/** Throws what {@link readConfig} and {@link planEdit} throw, and `config-include-unsupported`. */
export async function planConfigChange(
  location: ConfigLocation,
  change: ConfigChange,
  options: ChangeOptions,
): Promise<ConfigPlan> {
  const fs = options.fs ?? nodeFileSystem;
  const document = await readConfig(location, options);
  const edits = typeof change === 'function' ? change(document) : change;
  const snippet = snippetOf(edits);
  const target = await ownerOf(fs, location, snippet);
  const before = await readIfThere(fs, target.file);
  const local = edits.map((edit) => ({ ...edit, path: edit.path.slice(target.depth) }));
  const { text: after, changed } = planEdit(before ?? '', local, target.file);
  if (changed) verify(target.file, before ?? '', after, local);
  return {
    file: target.file,
    changed,
    before: before ?? '',
    after,
    snippet,
    diff: () => maskedDiff(target.file, before ?? '', after),
  };
}

/** How often to plan anew when somebody without our lock writes at the same time. */
const MAX_REPLANS = 20;

/** Throws also `config-managed`, `config-locked`, `config-unwritable`, `config-contended` (config). */
export async function applyConfigChange(
  location: ConfigLocation,
  change: ConfigChange,
  options: ChangeOptions,
): Promise<AppliedChange> {
  const { env, fs = nodeFileSystem, signal, now = Date.now } = options;
  const first = await planConfigChange(location, change, options);
  if (!first.changed) return { changed: false, path: first.file };
  if (isManaged(env)) {
    throw new MoltbotFeishuError({
      code: 'config-managed',
      exitCode: ExitCode.config,
      what: message(texts.managed, { path: first.file }),
      fix: message(texts.includeOwnerFix, { snippet: first.snippet }),
      details: { snippet: first.snippet },
    });
  }
  try {
    if (!(await readIfThere(fs, first.file))) await fs.mkdir(dirname(first.file), 0o700);
    return await withLock(first.file, signal, async () => {
      for (let attempt = 0; attempt < MAX_REPLANS; attempt++) {
        const plan = await planConfigChange(location, change, options);
        if (!plan.changed) return { changed: false, path: plan.file };
        const current = await readIfThere(fs, plan.file);
        if ((current ?? '') !== plan.before) continue;
        const backup = await replaceFile(fs, { path: plan.file, before: current, after: plan.after }, now);
        return { changed: true, path: plan.file, ...(backup !== undefined && { backup }) };
      }
      throw new MoltbotFeishuError({
        code: 'config-contended',
        exitCode: ExitCode.config,
        what: message(texts.contended, { path: first.file }),
        fix: texts.lockedFix,
      });
    });
  } catch (error) {
    if (isMoltbotFeishuError(error) || signal?.aborted) throw error;
    throw new MoltbotFeishuError({
      code: 'config-unwritable',
      exitCode: ExitCode.config,
      what: message(texts.unwritable, {
        path: first.file,
        reason: (error as NodeJS.ErrnoException).code ?? String(error),
      }),
      fix: texts.unwritableFix,
      cause: error,
    });
  }
}

function isManaged(env: Readonly<Record<string, string | undefined>>): boolean {
  return ['MOLTBOT_NIX_MODE', 'CLAWDBOT_NIX_MODE', 'OPENCLAW_NIX_MODE'].some((name) => env[name] === '1');
}

async function readIfThere(fs: FileSystem, path: string): Promise<string | undefined> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function realFile(fs: FileSystem, path: string): Promise<string> {
  try {
    return await fs.realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw error;
  }
}

const OWNED = ['channels', 'feishu'] as const;

/** The file where `channels.feishu` stands, followed through `$include`s that leave no doubt. */
async function ownerOf(fs: FileSystem, location: ConfigLocation, snippet: string): Promise<Target> {
  const home = dirname(location.path);
  let file = location.path;
  let depth = 0;
  const visited = new Set<string>();
  for (;;) {
    const real = await realFile(fs, file);
    const text = await readIfThere(fs, real);
    const root = text === undefined ? undefined : parseRoot(text, real);
    if (visited.has(real)) throw unsupported(real, snippet);
    visited.add(real);
    let node = root;
    let at = depth;
    let included: string | undefined;
    for (;;) {
      const value = node?.toJSON() ?? {};
      const names = includeNames(asObject(value).$include);
      const key = OWNED[at];
      const hasOwn = key !== undefined && Object.hasOwn(asObject(value), key);
      if (names.length > 0 && !hasOwn) {
        // What is included and what stands beside it would both be merged: only one plain file is clear.
        if (names.length > 1) throw unsupported(names.join(', '), snippet);
        included = names[0];
        break;
      }
      const next: unknown = hasOwn && node ? node.get(key) : undefined;
      if (!(next instanceof JsonObjectNode)) break;
      node = next;
      at++;
    }
    if (included === undefined) return { file: real, depth };
    const path = resolve(dirname(real), included);
    const inside = relative(home, path);
    if (inside.startsWith(`..${sep}`) || inside === '..' || resolve(inside) === inside) throw unsupported(path, snippet);
    file = path;
    depth = at;
  }
}

function unsupported(path: string, snippet: string): MoltbotFeishuError {
  return new MoltbotFeishuError({
    code: 'config-include-unsupported',
    exitCode: ExitCode.config,
    what: message(texts.includeOwner, { path }),
    fix: message(texts.includeOwnerFix, { snippet }),
    details: { file: path, snippet },
  });
}

function snippetOf(edits: readonly ConfigEdit[]): string {
  const sets = edits.filter((edit) => 'value' in edit);
  return maskSecretsInText(planEdit('', sets, 'snippet').text.trimEnd());
}

/** Defence in depth: what is about to be written says exactly what was asked, and nothing else moved. */
function verify(file: string, before: string, after: string, edits: readonly ConfigEdit[]): void {
  const expected = edits.reduce<JsonValue>(
    (value, edit) => applyTo(value, edit.path, 'value' in edit ? edit.value : undefined),
    (parseRoot(before, file)?.toJSON() ?? {}) as JsonValue,
  );
  const written = parseRoot(after, file)?.toJSON();
  if (canonical(written) === canonical(expected)) return;
  throw new MoltbotFeishuError({
    code: 'config-edit-fault',
    exitCode: ExitCode.config,
    what: message(texts.editFault, { path: file }),
  });
}

function applyTo(value: JsonValue, path: readonly string[], replacement: JsonValue | undefined): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return replacement ?? null;
  const { [key]: inner, ...others } = asObject(value) as Record<string, JsonValue>;
  if (rest.length === 0 && replacement === undefined) return others;
  if (replacement === undefined && inner === undefined) return value;
  return { ...others, [key]: applyTo(inner ?? {}, rest, replacement) };
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
