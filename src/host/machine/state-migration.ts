/**
 * OpenClaw beside a `~/.clawdbot`: it does not start while that directory is there ("State directory
 * migration remains pending"), and its own `doctor --fix` skips the move where `~/.openclaw` exists.
 */
import { lstat, mkdir, readlink, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { applyConfigChange } from '../../config/change/change.ts';
import { valueAt } from '../../config/json5/json-update.ts';
import { isObject, type JsonValue } from '../../config/json5/json5.ts';
import { type ConfigLocation, hostHome, locateConfig } from '../../config/locate.ts';
import { readConfig } from '../../config/read.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { verbatim } from '../../shared/text/text.ts';
import { exists } from './installed/exists.ts';

export interface PendingMigration {
  /** The directory that is in OpenClaw's way. */
  readonly source: string;
  /** OpenClaw's own state directory. */
  readonly target: string;
  /** The config below `source` that has `channels.feishu`; `undefined`: none has. */
  readonly config: ConfigLocation | undefined;
  /** The config that OpenClaw reads. */
  readonly wanted: ConfigLocation;
  /** Whether a move changes nothing else: no path of the section leads into `source`. */
  readonly isMovable: boolean;
}

interface MigrationEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** As OpenClaw decides it (openclaw@2026.9.6 state-migrations.state-dir). */
export async function findPendingMigration({
  env,
  home,
}: MigrationEnvironment): Promise<PendingMigration | undefined> {
  // A named state directory is never migrated.
  if (env.OPENCLAW_STATE_DIR?.trim()) return undefined;
  const below = hostHome('openclaw', env, home);
  const [source, target] = [join(below, '.clawdbot'), join(below, '.openclaw')];
  const entry = await lstat(source).catch(() => undefined);
  if (!entry) return undefined;
  if (entry.isSymbolicLink()) {
    const linked = await readlink(source).catch(() => '');
    if (resolve(below, linked) === target) return undefined;
  }
  const wanted = locateConfig({ env, home, host: 'openclaw' });
  for (const file of ['moltbot.json', 'clawdbot.json']) {
    const path = join(source, file);
    const config = { path, because: verbatim(path), exists: true, stateDir: source };
    const section = await sectionIn(config, env);
    if (section !== undefined) {
      return { source, target, config, wanted, isMovable: hasNoPathsWithin(section, source) };
    }
  }
  return { source, target, config: undefined, wanted, isMovable: true };
}

/**
 * Moves the section to the config that OpenClaw reads, with the messages that wait in the inbox, and
 * the old directory out of its way: nothing in it is deleted.
 *
 * @returns where the old directory is now
 * @throws MoltbotFeishuError what reading and writing a config throw; then the directory is not moved
 */
export async function migrate(
  pending: PendingMigration,
  { env, signal }: { readonly env: MigrationEnvironment['env']; readonly signal: AbortSignal },
): Promise<string> {
  const { source, target, config, wanted } = pending;
  await mkdir(target, { recursive: true, mode: 0o700 });
  const section = config && (await sectionIn(config, env));
  if (section !== undefined) {
    await applyConfigChange(
      wanted,
      ({ merged }) =>
        valueAt(merged, SECTION) === undefined ? [{ path: SECTION, value: section }] : [],
      { env, signal },
    );
    const inbox = join(target, 'feishu-inbox');
    if (!(await exists(inbox))) {
      // Without an inbox no message waits.
      await rename(join(source, 'feishu-inbox'), inbox).catch(() => undefined);
    }
  }
  const aside = await asidePath(source);
  await rename(source, aside);
  return aside;
}

const SECTION = ['channels', 'feishu'];

/** As it is written, variables unresolved. */
async function sectionIn(
  location: ConfigLocation,
  env: MigrationEnvironment['env'],
): Promise<JsonValue | undefined> {
  try {
    const { merged } = await readConfig(location, { env, missingVariables: 'ignore' });
    return valueAt(merged, SECTION);
  } catch (error) {
    // A file that cannot be read, or a section that is wrong, is not moved by us.
    if (isMoltbotFeishuError(error)) return undefined;
    throw error;
  }
}

/** A relative path, or one into the directory, leads nowhere after the move. */
function hasNoPathsWithin(section: JsonValue, source: string): boolean {
  const paths: string[] = [];
  const visit = (value: JsonValue | undefined, key: string): void => {
    if (typeof value === 'string' && (key === 'appSecretFile' || key === 'inbox'))
      paths.push(value);
    if (isObject(value)) for (const [name, item] of Object.entries(value)) visit(item, name);
  };
  visit(section, '');
  return paths.every(
    (path) =>
      !path.includes('.clawdbot') &&
      !path.startsWith(source) &&
      (/^(?:[/~]|[A-Za-z]:\\)/.test(path) ||
        /^rediss?:|^valkeys?:/i.test(path) ||
        path === 'memory'),
  );
}

async function asidePath(source: string): Promise<string> {
  for (let number = 1; ; number++) {
    const name = `.clawdbot.before-openclaw${number === 1 ? '' : `-${number}`}`;
    const path = join(dirname(source), name);
    if (!(await exists(path))) return path;
  }
}
