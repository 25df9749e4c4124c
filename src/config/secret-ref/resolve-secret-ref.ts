/** Reads the secret that a reference names: from the environment, a file, or a command. */
import { execFile } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { parseJson } from '../../shared/json.ts';
import { decodedText, readBounded } from '../file/bounded-file.ts';
import { expandHome } from '../locate.ts';
import { isBelow } from '../source/section-file.ts';
import {
  providerOf,
  referenceIn,
  type SecretProvider,
  secretInOutput,
  textAt,
} from './reference.ts';
import { SecretRefError } from './secret-ref-texts.ts';

export interface SecretRefPlace {
  /** The block `secrets` of the config. */
  readonly secrets: unknown;
  /** The config's own path: relative paths start at its directory. */
  readonly configPath: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The secret, as it is there.
 *
 * @throws SecretRefError why there is none; the system's error of a file
 */
export async function resolveSecretRef(value: unknown, place: SecretRefPlace): Promise<string> {
  const reference = referenceIn(value);
  const { id } = reference;
  const provider = providerOf(place.secrets, reference);
  switch (provider.source) {
    case 'env':
      return fromEnvironment(provider, id, place.env);
    case 'file':
      return fromFile(provider, id, place);
    case 'exec':
      return fromCommand(provider, id, reference.provider, place);
    default:
      return provider satisfies never;
  }
}

type Provider<S extends SecretProvider['source']> = Extract<SecretProvider, { source: S }>;

function fromEnvironment(
  { allowlist }: Provider<'env'>,
  id: string,
  env: SecretRefPlace['env'],
): string {
  if (allowlist && !allowlist.includes(id)) throw new SecretRefError('notAllowed');
  const value = env[id];
  if (!value) throw new SecretRefError('notSet');
  return value;
}

async function fromFile(
  { path: written, isSingleValue, maxBytes }: Provider<'file'>,
  id: string,
  { home, configPath }: SecretRefPlace,
): Promise<string> {
  const path = expandHome(written, home, dirname(configPath));
  const status = await lstat(path);
  const isPrivate = process.platform === 'win32' || (isOurs(status.uid) && !(status.mode & 0o077));
  if (!status.isFile() || status.nlink > 1 || !isPrivate) throw new SecretRefError('notPrivate');
  const text = decodedText(await readBounded(path, maxBytes));
  if (isSingleValue !== (id === 'value')) throw new SecretRefError('idForm');
  if (isSingleValue) {
    const value = text.replace(/\r?\n$/, '');
    if (value === '') throw new SecretRefError('notThere');
    return value;
  }
  const document = parseJson(text);
  if (document === undefined) throw new SecretRefError('notJson');
  return textAt(document, id);
}

/** The protocol of the host: a request on stdin, the values on stdout, no shell. */
async function fromCommand(
  provider: Provider<'exec'>,
  id: string,
  name: string,
  { env }: SecretRefPlace,
): Promise<string> {
  await trust(provider);
  const { command, args, passEnv, timeoutMs, maxOutputBytes } = provider;
  const passed = passEnv.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]]));
  const request = JSON.stringify({ protocolVersion: 1, provider: name, ids: [id] });
  const output = await new Promise<string>((resolve, reject) => {
    const child = execFile(
      command,
      [...args],
      {
        env: { ...Object.fromEntries(passed), ...provider.env },
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: maxOutputBytes,
        encoding: 'utf8',
        windowsHide: true,
      },
      (error, stdout) => {
        if (!error) resolve(stdout);
        else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
          reject(new SecretRefError('tooLong'));
        else reject(new SecretRefError(error.killed ? 'tooSlow' : 'commandFailed'));
      },
    );
    // A command that reads nothing has its answer all the same.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(`${request}\n`);
  });
  return secretInOutput(output, id, provider.isJsonOnly);
}

/** What others could replace is not run. */
async function trust({ command, trustedDirs }: Provider<'exec'>): Promise<void> {
  if (!isAbsolute(command)) throw new SecretRefError('providerInvalid');
  const status = await lstat(command);
  const isKept =
    process.platform === 'win32' ||
    ((isOurs(status.uid) || status.uid === 0) && !(status.mode & 0o022));
  if (!status.isFile() || !isKept) throw new SecretRefError('notTrusted');
  if (
    trustedDirs.length > 0 &&
    !trustedDirs.some((folder) => isAbsolute(folder) && isBelow(folder, command))
  ) {
    throw new SecretRefError('outsideTrusted');
  }
}

const isOurs = (uid: number): boolean => uid === process.getuid?.();
