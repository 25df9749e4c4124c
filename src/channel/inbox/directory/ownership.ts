/**
 * Decides which process owns a directory: one at a time, shown by a listening socket that dies with
 * the process.
 *
 * Each owner has a directory `owner.N` with its socket in it; the highest N counts. If no process
 * listens there, another one takes over: it makes a draft directory and renames it to `owner.N+1`,
 * which only one process can do. This needs no clock and no process number: a stopped process is
 * still the owner and a killed one is not, even in containers that share the directory. (A lock
 * file that its holder renews, like the config's, could be taken from a process that is only slow.)
 */
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errnoOf } from '../../../config/file/file-system.ts';
import { fileIdentity } from './journal-files.ts';

export type Ownership =
  | ({ readonly kind: 'owner' } & HeldOwnership)
  /** Another process owns the directory; `socket` is connected to it. */
  | { readonly kind: 'follower'; readonly socket: Socket };

interface HeldOwnership {
  readonly release: () => Promise<void>;
  /** Whether this process still owns the directory, which may have been deleted or replaced. */
  readonly isHeld: () => Promise<boolean>;
}

/** Old owner directories that are kept: a slow process must see that a newer owner exists. */
const KEPT_OWNERS = 16;
/** A socket's path has at most 108 bytes on Linux and 104 on macOS, with the final NUL. */
const SOCKET_PATH_BYTES = 103;
const RETRY_MS = 20;
const SOCKET_FOLDER = 'feishu-';

/**
 * Becomes the owner, or a follower of the current owner.
 *
 * @param onFollower gets the sockets of followers, once this process is the owner
 * @throws the system's error if the directory cannot be used
 */
export async function takeOwnership(
  directory: string,
  onFollower: (socket: Socket) => void,
  signal: AbortSignal,
): Promise<Ownership> {
  for (;;) {
    signal.throwIfAborted();
    const newest = await newestOwner(directory);
    if (newest > 0) {
      const socket = await connectToOwner(join(directory, ownerName(newest)));
      if (socket === 'busy') {
        await delay(RETRY_MS, undefined, { signal });
        continue;
      }
      if (socket) return { kind: 'follower', socket };
    }
    const held = await claimOwnership(directory, newest + 1, onFollower);
    if (held) return { kind: 'owner', ...held };
  }
}

/**
 * Whether a process owns the directory now; does not take it.
 *
 * @throws the system's error if the directory cannot be read
 */
export async function isOwned(directory: string): Promise<boolean> {
  let newest: number;
  try {
    newest = await newestOwner(directory);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
  if (newest === 0) return false;
  const socket = await connectToOwner(join(directory, ownerName(newest)));
  if (socket && socket !== 'busy') socket.destroy();
  return socket !== undefined;
}

/** @returns `undefined` if another process was quicker */
async function claimOwnership(
  directory: string,
  number: number,
  onFollower: (socket: Socket) => void,
): Promise<HeldOwnership | undefined> {
  const followers = new Set<Socket>();
  const server = createServer((socket) => {
    followers.add(socket);
    socket.on('close', () => followers.delete(socket));
    socket.on('error', () => socket.destroy());
    onFollower(socket);
  });
  const draft = join(directory, `claim.${randomBytes(6).toString('hex')}`);
  const target = join(directory, ownerName(number));
  await fs.mkdir(draft, { mode: 0o700 });
  const release = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of followers) socket.destroy();
    await closed;
    if (address !== undefined) await removeFolderOf(address);
  };
  let address: string | undefined;
  let isHeld: () => Promise<boolean>;
  try {
    address = await listen(server, draft);
    const file = await fs.open(join(draft, 'address'), 'wx', 0o600);
    try {
      await file.writeFile(address);
      isHeld = await fileIdentity(join(target, 'address'), file);
    } finally {
      await file.close();
    }
    await fs.rename(draft, target);
  } catch (error) {
    await release();
    await fs.rm(draft, { recursive: true, force: true });
    const isTaken = ['EEXIST', 'ENOTEMPTY', 'EPERM'].includes(errnoOf(error) ?? '');
    if (isTaken && (await newestOwner(directory)) >= number) return undefined;
    throw error;
  }
  if ((await newestOwner(directory)) > number) {
    // The number was used and cleared meanwhile: this process came too late.
    await release();
    await fs.rm(target, { recursive: true, force: true });
    return undefined;
  }
  await removeOldOwners(directory, number);
  return { release, isHeld };
}

/** Listens below `draft` if possible. @returns a path that stays valid after the rename */
async function listen(server: Server, draft: string): Promise<string> {
  if (process.platform === 'win32') {
    const pipe = `\\\\.\\pipe\\moltbot-feishu-${randomBytes(16).toString('hex')}`;
    await listenAt(server, pipe);
    return pipe;
  }
  const path = join(draft, 's');
  if (Buffer.byteLength(path) <= SOCKET_PATH_BYTES) {
    try {
      await listenAt(server, path);
      return 's';
    } catch {
      // Some shared and network file systems have no sockets; the temporary directory does.
    }
  }
  const temporaryPath = join(await fs.mkdtemp(join(tmpdir(), SOCKET_FOLDER)), 's');
  await listenAt(server, temporaryPath);
  return temporaryPath;
}

function listenAt(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Connects to an owner; `undefined` if it no longer listens. */
async function connectToOwner(owner: string): Promise<Socket | 'busy' | undefined> {
  let address: string;
  try {
    address = await fs.readFile(join(owner, 'address'), 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  return new Promise((resolve) => {
    const socket = connect(address === 's' ? join(owner, 's') : address);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error) => {
      const isGone = ['ECONNREFUSED', 'ENOENT'].includes(errnoOf(error) ?? '');
      // Other errors, such as a full backlog, mean that the owner is alive.
      resolve(isGone ? undefined : 'busy');
    });
  });
}

/** Removes a socket's folder in the temporary directory, after its listener is gone. */
async function removeFolderOf(address: string): Promise<void> {
  const folder = dirname(address);
  if (!isAbsolute(address) || !basename(folder).startsWith(SOCKET_FOLDER)) return;
  // Remove only the socket: other files in the folder are not ours.
  await fs.rm(address, { force: true }).catch(() => undefined);
  await fs.rmdir(folder).catch(() => undefined);
}

async function newestOwner(directory: string): Promise<number> {
  const numbers = (await fs.readdir(directory)).map(ownerNumber);
  return numbers.reduce((newest, number) => Math.max(newest, number), 0);
}

/** Removes old owner directories, and drafts of killed processes. */
async function removeOldOwners(directory: string, number: number): Promise<void> {
  for (const name of await fs.readdir(directory)) {
    const old = ownerNumber(name);
    const isOld = old > 0 && old <= number - KEPT_OWNERS;
    const isDraft = name.startsWith('claim.') && (await isDayOld(join(directory, name)));
    if (old > 0 && old < number) await removeSocketOf(join(directory, name));
    if (isOld || isDraft) await fs.rm(join(directory, name), { recursive: true, force: true });
  }
}

/** Removes the folder that a killed process left in the temporary directory. */
async function removeSocketOf(owner: string): Promise<void> {
  const address = await fs.readFile(join(owner, 'address'), 'utf8').catch(() => '');
  if (address !== '') await removeFolderOf(address);
}

async function isDayOld(path: string): Promise<boolean> {
  const status = await fs.stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > 24 * 60 * 60_000;
}

function ownerName(number: number): string {
  return `owner.${number}`;
}

function ownerNumber(name: string): number {
  return Number(/^owner\.(\d+)$/.exec(name)?.[1] ?? 0);
}
