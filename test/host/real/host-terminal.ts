/** A command of a real host in a pseudo-terminal, where a person answers its questions. */
import { readFile } from 'node:fs/promises';
import { spawn } from '@lydell/node-pty';
import { expect, onTestFinished } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { DOWN, ENTER } from '../../support/terminal.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Host, patience } from './gateway.ts';

export interface HostTerminal {
  /** Waits until a text appears behind what was seen before. */
  see(text: string): Promise<void>;
  /** Goes down a list until the wanted entry is the marked one, and takes it. */
  choose(list: string, entry: RegExp): Promise<void>;
  type(keys: string): void;
  /** All that was written so far. */
  written(): string;
}

export function openHostTerminal(host: Host, ...words: readonly string[]): HostTerminal {
  const pty = spawn(host.node, [host.entry, ...words], {
    cols: 120,
    rows: 60,
    env: host.env,
    cwd: host.home,
  });
  let screen = '';
  let exitCode: number | undefined;
  let read = 0;
  pty.onData((data) => {
    screen += data;
  });
  pty.onExit((exit) => {
    exitCode = exit.exitCode;
  });
  onTestFinished(() => {
    if (exitCode === undefined) pty.kill('SIGKILL');
  });

  const see = async (text: string): Promise<void> => {
    await waitFor(() => expect(screen.slice(read)).toContain(text), patience);
    read = screen.indexOf(text, read) + text.length;
  };
  return {
    see,
    async choose(list, entry) {
      await see(list);
      for (let step = 0; step < 60; step++) {
        await waitFor(() => expect(screen.slice(read)).toMatch(/●/), patience);
        if (entry.test(screen.slice(screen.lastIndexOf('●')))) break;
        const { length } = screen;
        pty.write(DOWN);
        await waitFor(() => expect(screen.length).toBeGreaterThan(length), patience);
      }
      pty.write(ENTER);
    },
    type: (keys) => pty.write(keys),
    written: () => screen,
  };
}

/** In our wizard, after the secret: proves the app by a message, lets everybody in, and leads back to the host. */
export async function proveAndLetEverybodyIn(
  { see, choose }: HostTerminal,
  sandbox: Sandbox,
): Promise<void> {
  await see('any message');
  await waitFor(() => expect(sandbox.connections()).toBe(1), patience);
  sandbox.say({ text: 'hi there' });
  await choose('Who may talk', /^● anyone/);
  await choose('Select a channel', /^● Finished/);
}

/** Waits until the host's config has the app of the sandbox, open to everybody. */
export async function writtenBy(host: Host, sandbox: Sandbox): Promise<void> {
  await waitFor(async () => {
    const { feishu } = JSON.parse(await readFile(host.configPath, 'utf8')).channels;
    expect(feishu).toMatchObject({
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      domain: sandbox.url,
      dmPolicy: 'open',
    });
  }, patience);
}
