/** Finds the config by the first rule that applies, and reports that rule (docs/hosts.md#config). */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type LocalizedText, localize } from '../shared/text/text.ts';
import { configTexts as texts } from './config-texts.ts';

export type HostName = 'moltbot' | 'clawdbot' | 'openclaw';

export interface ConfigLocation {
  /** Absolute. */
  readonly path: string;
  /** The rule that chose it. */
  readonly because: LocalizedText;
  readonly exists: boolean;
  /** The directory in which the host keeps its state, absolute. */
  readonly stateDir: string;
}

export interface LocateOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home directory that `~` means. */
  readonly home: string;
  /** From `--config`. */
  readonly explicitPath?: string;
  /** The host that reads the file, where it is known. */
  readonly host?: HostName;
  readonly fileExists?: (path: string) => boolean;
}

interface HostPaths {
  readonly pathVariables: readonly string[];
  readonly stateVariables: readonly string[];
  /** Below the home directory; the last one is where a new host starts. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
  /** Replaces the home directory for all of this host's paths. */
  readonly homeVariable?: string;
}

const hosts: Readonly<Record<HostName, HostPaths>> = {
  moltbot: {
    pathVariables: ['MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH'],
    stateVariables: ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR'],
    directories: ['.moltbot', '.clawdbot'],
    files: ['moltbot.json', 'clawdbot.json'],
  },
  clawdbot: {
    pathVariables: ['CLAWDBOT_CONFIG_PATH'],
    stateVariables: ['CLAWDBOT_STATE_DIR'],
    directories: ['.clawdbot'],
    files: ['clawdbot.json'],
  },
  openclaw: {
    pathVariables: ['OPENCLAW_CONFIG_PATH'],
    stateVariables: ['OPENCLAW_STATE_DIR'],
    directories: ['.openclaw'],
    files: ['openclaw.json'],
    // openclaw@2026.9.6 infra/home-dir
    homeVariable: 'OPENCLAW_HOME',
  },
};

interface Candidate {
  readonly path: string;
  readonly because: LocalizedText;
}

/**
 * The config that is used: `--config`, the path variables, the first that exists of the hosts'
 * candidates, else the first place where the host would make one.
 */
export function locateConfig(options: LocateOptions): ConfigLocation {
  const { env, home, explicitPath, host, fileExists = existsSync } = options;
  const readers = host ? [hosts[host]] : [hosts.moltbot, hosts.openclaw];
  const absolute = (path: string, reader?: HostPaths) =>
    expandHome(path, reader ? homeFor(reader, env, home) : home);
  const at = ({ path, because }: Candidate, reader?: HostPaths): ConfigLocation => ({
    path,
    because,
    exists: fileExists(path),
    stateDir: reader ? dirname(path) : stateDirOf(path),
  });
  const stateDirOf = (path: string): string => {
    const reader = host
      ? hosts[host]
      : (readers.find((one) => one.files.includes(basename(path))) ?? hosts.moltbot);
    const named = reader.stateVariables
      .map((name) => set(env, name))
      .find((dir) => dir !== undefined);
    if (named !== undefined) return absolute(named, reader);
    const below = homeFor(reader, env, home);
    const directories = reader.directories.map((name) => join(below, name));
    return directories.find(fileExists) ?? directories.at(-1) ?? below;
  };

  if (explicitPath)
    return at({ path: absolute(explicitPath), because: localize(texts.becauseFlag) });
  for (const reader of readers) {
    for (const name of reader.pathVariables) {
      const path = set(env, name);
      if (path === undefined) continue;
      return at({
        path: absolute(path, reader),
        because: localize(texts.becauseVariable, { name }),
      });
    }
  }

  const found = host ? localize(texts.becauseHost, { host }) : localize(texts.becauseFound);
  const named = readers.flatMap((reader) =>
    namedDirectories(reader, env, home).flatMap(({ name, directory }) => {
      const because = localize(texts.becauseStateDir, { name });
      return reader.files.map((file) => ({
        candidate: { path: join(directory, file), because },
        reader,
      }));
    }),
  );
  const usual = readers.flatMap((reader) =>
    reader.directories.flatMap((dir) =>
      reader.files.map((file) => ({
        candidate: { path: join(homeFor(reader, env, home), dir, file), because: found },
        reader,
      })),
    ),
  );
  // Clawdbot and OpenClaw read nothing but their state directory; Moltbot looks on.
  const isStrict = host !== undefined && host !== 'moltbot' && named.length > 0;
  const candidates = isStrict ? named : [...named, ...usual];
  const existing = candidates.find(({ candidate }) => fileExists(candidate.path));
  if (existing) return at(existing.candidate, existing.reader);
  const [fresh] = named;
  if (fresh) return at(fresh.candidate, fresh.reader);
  if (host === 'clawdbot' || host === 'openclaw') {
    const [own] = usual;
    if (own) return at(own.candidate, own.reader);
  }
  const path = join(home, '.clawdbot', 'moltbot.json');
  return at({ path, because: localize(texts.becauseDefault) }, hosts.moltbot);
}

/** The directory that `~` means in a host's own paths: `OPENCLAW_HOME`, if set, for OpenClaw. */
export function hostHome(host: HostName, env: LocateOptions['env'], home: string): string {
  return homeFor(hosts[host], env, home);
}

function homeFor({ homeVariable }: HostPaths, env: LocateOptions['env'], home: string): string {
  const named = homeVariable && set(env, homeVariable);
  // The host takes these words for a variable that a script has not filled.
  return named && named !== 'undefined' && named !== 'null' ? expandHome(named, home) : home;
}

/** The state directories that variables name; one that names the home directory counts last. */
function namedDirectories(
  reader: HostPaths,
  env: LocateOptions['env'],
  home: string,
): readonly { readonly name: string; readonly directory: string }[] {
  const below = homeFor(reader, env, home);
  const named = reader.stateVariables.flatMap((name) => {
    const directory = set(env, name);
    return directory === undefined ? [] : [{ name, directory: expandHome(directory, below) }];
  });
  const { homeVariable } = reader;
  if (named.length > 0 || homeVariable === undefined || below === home) return named;
  return reader.directories.map((name) => ({ name: homeVariable, directory: join(below, name) }));
}

/** Where the hosts keep their state, secrets and what people wrote, whether or not it is there. */
export function stateDirectories(env: LocateOptions['env'], home: string): readonly string[] {
  return Object.values(hosts).flatMap((reader) => [
    ...namedDirectories(reader, env, home).map(({ directory }) => directory),
    ...reader.directories.map((name) => join(homeFor(reader, env, home), name)),
  ]);
}

/** Which file is used, and why: said by every command. */
export function usesConfig({
  path,
  because,
}: Pick<ConfigLocation, 'path' | 'because'>): LocalizedText {
  return localize(texts.usesConfig, { path, because });
}

/** Whether a person said which file it is, by the flag or a path variable. */
export function isPathNamed({
  env,
  explicitPath,
}: Pick<LocateOptions, 'env' | 'explicitPath'>): boolean {
  const variables = [...hosts.moltbot.pathVariables, ...hosts.openclaw.pathVariables];
  return Boolean(explicitPath) || variables.some((name) => set(env, name) !== undefined);
}

/** Blank counts as not set, as the hosts have it. */
function set(env: LocateOptions['env'], name: string): string | undefined {
  return env[name]?.trim() || undefined;
}

/** An absolute path; `~` at its start is the given home directory, and nothing else is. */
export function expandHome(path: string, home: string, base = '.'): string {
  const isHome = path === '~' || path.startsWith('~/') || path.startsWith('~\\');
  return isHome ? join(home, path.slice(1)) : resolve(base, path);
}
