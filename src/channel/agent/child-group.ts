/**
 * Ends the processes of one answer: a child and all processes that it has started.
 *
 * In: a child that leads its own process group. Out: the group is asked to end, then killed. A
 * process that left the group (setsid) is not reached, and nothing waits for it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

export interface ChildGroup {
  /** Ends the group's processes. Resolves when none is left, or they were killed. */
  end(): Promise<void>;
}

export interface ChildGroups {
  /** @param child started with `detached` */
  add(child: ChildProcess): ChildGroup;
}

/** Between asking a process group to end and killing it (ms); stopping as a whole has 5 s. */
const KILL_AFTER_MS = 500;
const POLL_EVERY_MS = 20;

/** Groups that are killed with this process, however it ends (apart from kill -9). */
export function createChildGroups(): ChildGroups {
  const alive = new Set<ChildProcess>();
  const killAll = (): void => {
    for (const child of alive) signalGroup(child, 'SIGKILL');
  };

  async function end(child: ChildProcess): Promise<void> {
    if (isGroupAlive(child)) {
      signalGroup(child, 'SIGTERM');
      for (let waited = 0; waited < KILL_AFTER_MS && isGroupAlive(child); waited += POLL_EVERY_MS) {
        await delay(POLL_EVERY_MS);
      }
      if (isGroupAlive(child)) signalGroup(child, 'SIGKILL');
    }
    // A process that even SIGKILL does not end must not keep this one from ending.
    child.unref();
    alive.delete(child);
    if (alive.size === 0) process.off('exit', killAll);
  }

  return {
    add(child) {
      // A second Ctrl-C ends this process at once, and no terminal signals the groups.
      if (alive.size === 0) process.on('exit', killAll);
      alive.add(child);
      let ending: Promise<void> | undefined;
      return {
        end() {
          ending ??= end(child);
          return ending;
        },
      };
    },
  };
}

function signalGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') {
      const args = ['/pid', String(child.pid), '/t', '/f'];
      // Without taskkill only the child is ended.
      const taskkill = spawn('taskkill', args, { windowsHide: true, stdio: 'ignore' });
      taskkill.on('error', () => child.kill()).unref();
    } else process.kill(-child.pid, signal);
  } catch {
    // The group had ended by itself.
  }
}

function isGroupAlive(child: ChildProcess): boolean {
  if (child.pid === undefined) return false;
  // Windows has no process groups, so only the child is checked.
  if (process.platform === 'win32') return child.exitCode === null && child.signalCode === null;
  try {
    return process.kill(-child.pid, 0);
  } catch {
    // No such group any more.
    return false;
  }
}
