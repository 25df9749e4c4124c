/** A host's program on PATH, as far as it is looked at: its package.json. It tells nobody anything. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostName } from '../../src/config/locate.ts';

/** Puts it into `bin` below `home`; that is the PATH to run with. */
export async function putHost(home: string, name: HostName): Promise<void> {
  const folder = join(home, 'lib', name);
  await mkdir(folder, { recursive: true });
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version: '2026.1.24' }));
  await writeFile(join(folder, 'entry.js'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  await symlink(join(folder, 'entry.js'), join(home, 'bin', name));
}
