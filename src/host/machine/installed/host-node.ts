/** The Node that a host started here runs with: the one that its program names, else that on PATH. */
import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import { promisify } from 'node:util';
import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';
import { findProgram, type HostProgram } from './host-programs.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 3_000;

/** As `node --version` says it; `undefined` where there is none, or it does not tell. */
export async function readNodeVersion(
  program: Pick<HostProgram, 'node'>,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const path = program.node ?? (await findProgram('node', env, platform));
  if (path === undefined) return undefined;
  try {
    const [found, own] = await Promise.all([realpath(path), realpath(process.execPath)]);
    if (found === own) return process.version;
    const { stdout } = await run(path, ['--version'], { timeout: TIMEOUT_MS });
    return stdout.trim();
  } catch {
    // A Node that is not there, or does not print its version: the caller says that it is not known.
    return undefined;
  }
}

/**
 * Whether a Node version is one that a host's `engines.node` takes. A range that cannot be read counts as
 * met: it is no reason to call a host broken.
 */
export function satisfiesRange(version: string, range: string): boolean {
  return validRange(range) === null || satisfies(version, range, { includePrerelease: true });
}
