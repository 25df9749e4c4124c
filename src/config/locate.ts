/** Where the config stands: the first rule that applies, and which one it was. Pure but for the look at the disk. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type Message, message } from '../shared/text.ts';
import { configTexts as texts } from './texts.ts';

export type HostName = 'moltbot' | 'clawdbot' | 'openclaw';

export interface ConfigLocation {
  readonly path: string;
  /** The rule that chose it. */
  readonly because: Message;
  readonly exists: boolean;
  /** The directory that the host keeps its state in. */
  readonly stateDir: string;
}

export interface LocateOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly explicitPath?: string;
  readonly host?: HostName;
  readonly fileExists?: (path: string) => boolean;
}

const pathVariables = ['MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH', 'OPENCLAW_CONFIG_PATH'] as const;

/** Per host: the variables that name its state directory, its directories, its files (host-contract). */
const hosts: Readonly<
  Record<HostName, { variables: readonly string[]; path: readonly string[]; dirs: readonly string[]; files: readonly string[] }>
> = {
  moltbot: {
    variables: ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR'],
    path: ['MOLTBOT_CONFIG_PATH', 'CLAWDBOT_CONFIG_PATH'],
    dirs: ['.moltbot', '.clawdbot'],
    files: ['moltbot.json', 'clawdbot.json'],
  },
  clawdbot: {
    variables: ['CLAWDBOT_STATE_DIR'],
    path: ['CLAWDBOT_CONFIG_PATH'],
    dirs: ['.clawdbot'],
    files: ['clawdbot.json'],
  },
  openclaw: {
    variables: ['OPENCLAW_STATE_DIR'],
    path: ['OPENCLAW_CONFIG_PATH'],
    dirs: ['.openclaw'],
    files: ['openclaw.json'],
  },
};

export function locateConfig(options: LocateOptions): ConfigLocation {
  const { env, home, explicitPath, host, fileExists = existsSync } = options;
  const expand = (path: string) => {
    const atHome = path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
    return isAbsolute(atHome) ? atHome : resolve(atHome);
  };
  const at = (path: string, because: Message): ConfigLocation => ({
    path,
    because,
    exists: fileExists(path),
    stateDir: dirname(path),
  });
  if (explicitPath) return at(expand(explicitPath), message(texts.becauseFlag));
  for (const name of host ? hosts[host].path : pathVariables) {
    const path = env[name];
    if (path) return at(expand(path), message(texts.becauseVariable, { name }));
  }
  const { variables, dirs, files } = host ? hosts[host] : anyHost;
  for (const name of variables) {
    const dir = env[name];
    if (!dir) continue;
    const owner = host ? files : filesOfVariable(name);
    const paths = owner.map((file) => join(expand(dir), file));
    const path = paths.find(fileExists) ?? paths[0];
    if (path) return at(path, message(texts.becauseVariable, { name }));
  }
  const candidates = dirs.flatMap((dir) =>
    (dir === '.openclaw' ? hosts.openclaw.files : files).map((file) => join(home, dir, file)),
  );
  const found = candidates.find(fileExists);
  if (found) return at(found, message(texts.becauseFound));
  if (host === 'clawdbot' || host === 'openclaw') {
    return at(candidates[0] ?? '', message(texts.becauseHost, { host }));
  }
  return at(join(home, '.clawdbot', 'moltbot.json'), message(texts.becauseDefault));
}

const anyHost = {
  variables: ['MOLTBOT_STATE_DIR', 'CLAWDBOT_STATE_DIR', 'OPENCLAW_STATE_DIR'],
  dirs: ['.moltbot', '.clawdbot', '.openclaw'],
  files: hosts.moltbot.files,
};

function filesOfVariable(name: string): readonly string[] {
  return name === 'OPENCLAW_STATE_DIR' ? hosts.openclaw.files : hosts.moltbot.files;
}
