/** Hosts found on PATH as the installers leave them, without running any. */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  readNodeVersion,
  satisfiesRange,
} from '../../../../src/host/machine/installed/host-node.ts';
import { findHosts } from '../../../../src/host/machine/installed/host-programs.ts';
import { everyRow } from '../../../support/every-row.ts';
import { temporaryHome } from '../../../support/home.ts';

/** An installed Clawdbot that tells nobody anything: only its files are looked at. */
async function workplace() {
  const home = await temporaryHome();
  const bin = join(home, 'bin');
  const folder = join(home, 'lib', 'node_modules', 'clawdbot');
  const entry = join(folder, 'dist', 'entry.js');
  await mkdir(bin);
  await mkdir(join(folder, 'dist'), { recursive: true });
  const manifest = { name: 'clawdbot', version: '2026.1.24-3', engines: { node: '>=22.12.0' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(entry, '#!/usr/bin/env node\nprocess.exit(1);\n', { mode: 0o755 });
  const program = join(bin, 'clawdbot');
  return {
    home,
    entry,
    program,
    script: (text: string) => writeFile(program, text, { mode: 0o755 }),
    find: () => findHosts({ PATH: `${join(home, 'nowhere')}:${bin}` }, 'linux'),
  };
}

const described = { name: 'clawdbot', version: '2026.1.24-3', nodeRange: '>=22.12.0' };

it('follows the link that npm makes', async () => {
  const { program, entry, find } = await workplace();
  await symlink(entry, program);
  expect(await find()).toEqual([{ ...described, path: program, node: undefined }]);
});

it('reads what a shim starts, and with which Node', async () => {
  const { program, entry, script, find } = await workplace();
  await script(`#!/bin/sh\nexec /opt/node22/bin/node "${entry}" "$@"\n`);
  expect(await find()).toEqual([{ ...described, path: program, node: '/opt/node22/bin/node' }]);
  await script(
    '#!/bin/sh\nbasedir=$(dirname "$0")\nexec node  "$basedir/../lib/node_modules/clawdbot/dist/entry.js" "$@"\n',
  );
  expect(await find()).toEqual([{ ...described, path: program, node: undefined }]);
});

it('knows a program that tells nothing of itself, and no folder of its name', async () => {
  const { program, script, find } = await workplace();
  await mkdir(program);
  expect(await find()).toEqual([]);
  await rm(program, { recursive: true });
  await script('#!/bin/sh\nexit 1\n');
  expect(await find()).toEqual([
    { name: 'clawdbot', path: program, version: '', nodeRange: '', node: undefined },
  ]);
});

it('asks the Node that the program names, else the one on PATH', async () => {
  const { home } = await workplace();
  const old = join(home, 'node');
  await writeFile(old, '#!/bin/sh\necho v18.20.0\n', { mode: 0o755 });
  expect(await readNodeVersion({ node: old }, {}, 'linux')).toBe('v18.20.0');
  expect(await readNodeVersion({ node: undefined }, { PATH: home }, 'linux')).toBe('v18.20.0');
  expect(await readNodeVersion({ node: undefined }, { PATH: '' }, 'linux')).toBeUndefined();
});

everyRow([
  ['v22.12.0', '>=22.12.0', true],
  ['v20.19.0', '>=22.12.0', false],
  ['v24.15.0', '>=24.16.0 <25 || >=26.1.0', false],
  ['v25.0.0', '>=24.16.0 <25 || >=26.1.0', false],
  ['v26.1.0', '>=24.16.0 <25 || >=26.1.0', true],
  ['v22.1.0', '^22', true],
  ['v22.1.0', '', true],
])('%s in %s: %s', (version, range, fits) => {
  expect(satisfiesRange(version, range)).toBe(fits);
});
