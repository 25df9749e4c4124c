// Runs a command that needs a program which npm does not bring:
//
//     node scripts/with-program.mjs redis-server -- vitest run --config vitest.redis.config.ts
//
// Installs the program where it can (Debian's package, as root). Where it cannot, it says which one is
// missing and skips, with exit code 0; with REQUIRE_PROGRAMS=1, as in CI, a missing program is a failure.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Program → Debian's package, where their names differ. */
const packages = { wine: 'wine64', 'valkey-server': 'valkey' };

const [program, separator, ...command] = process.argv.slice(2);
if (program === undefined || separator !== '--' || command.length === 0) {
  console.error('Usage: node scripts/with-program.mjs PROGRAM -- COMMAND [ARGUMENT...]');
  process.exit(2);
}

const isOnPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder || '.', name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const runs = (name, args) =>
  spawnSync(name, args, {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0;

if (!isOnPath(program)) {
  const name = packages[program] ?? program;
  const canInstall = isOnPath('apt-get') && process.getuid?.() === 0;
  if (canInstall) {
    console.log(`Installing ${name}…`);
    runs('apt-get', ['update', '-qq']);
    runs('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name]);
  }
  if (!isOnPath(program)) {
    console.log(
      `Skipped: these tests need ${program}, which is not on PATH and cannot be installed here.`,
    );
    console.log(`Install it (Debian: apt-get install ${name}) and run the same command again.`);
    process.exit(process.env.REQUIRE_PROGRAMS === '1' ? 1 : 0);
  }
}

const [name, ...args] = command;
const { status, signal } = spawnSync(name, args, { stdio: 'inherit' });
process.exit(status ?? (signal ? 1 : 0));
