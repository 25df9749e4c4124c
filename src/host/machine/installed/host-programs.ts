/** The hosts' programs on this machine, as their own package.json describes them; none is run. */
import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../../../config/file/file-system.ts';
import type { HostName } from '../../../config/locate.ts';

export interface HostProgram {
  readonly name: HostName;
  /** As found on PATH. */
  readonly path: string;
  /** Empty where the program does not say. */
  readonly version: string;
  /** `engines.node`; empty where the program does not say. */
  readonly nodeRange: string;
  /** The Node that the program itself names; else the one on PATH runs it. */
  readonly node: string | undefined;
}

const hostNames: readonly HostName[] = ['moltbot', 'clawdbot', 'openclaw'];

type Env = Readonly<Record<string, string | undefined>>;

export async function findHosts(
  env: Env,
  platform: NodeJS.Platform,
): Promise<readonly HostProgram[]> {
  const found = await Promise.all(
    hostNames.map(async (name) => {
      const path = await findProgram(name, env, platform);
      return path === undefined ? [] : [await describe(name, path)];
    }),
  );
  return found.flat();
}

/** The first program of that name on PATH. */
export async function findProgram(
  name: string,
  env: Env,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const endings = platform === 'win32' ? ['.cmd', '.exe', ''] : [''];
  for (const directory of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const path = join(directory, name + ending);
      try {
        await access(path, constants.X_OK);
        if ((await stat(path)).isFile()) return path;
      } catch {
        // The file is missing or not executable: the next directory may have it.
      }
    }
  }
  return undefined;
}

const packageSchema = z.object({
  name: z.string(),
  version: z.string().catch(''),
  engines: z
    .object({ node: z.string().catch('') })
    .optional()
    .catch(undefined),
});

const MAX_PARENT_FOLDERS = 5;

async function describe(name: HostName, path: string): Promise<HostProgram> {
  const real = await realpath(path);
  const { scripts, node } = await readShim(real);
  for (const script of [real, ...scripts]) {
    const describeProgram = await readPackageAbove(name, script);
    if (describeProgram) return { name, path, ...describeProgram, node };
  }
  return { name, path, version: '', nodeRange: '', node };
}

interface ShimFile {
  /** The scripts that it may start. */
  readonly scripts: readonly string[];
  /** The Node that it names by its whole path. */
  readonly node: string | undefined;
}

/** Longer than any shim (bytes). */
const MAX_SHIM_BYTES = 4096;

/** Finds what a small shell script (of pnpm, a version manager, or a person) starts. */
async function readShim(path: string): Promise<ShimFile> {
  const { size } = await stat(path);
  const text = size > MAX_SHIM_BYTES ? '' : await readFile(path, 'utf8');
  if (!text.startsWith('#!')) return { scripts: [], node: undefined };
  const words = [...text.matchAll(/[^\s"'=]+/g)].map(([word]) => word.replace(/^#!/, ''));
  const here = /^\$\{?basedir\}?\//;
  const scripts = words
    .filter((word) => /\.[cm]?js$/.test(word) && (isAbsolute(word) || here.test(word)))
    .map((word) => resolve(dirname(path), word.replace(here, '')));
  const real = await Promise.all(scripts.map((script) => realpath(script).catch(() => [])));
  const node = words.find((word) => isAbsolute(word) && /^node(?:\d+)?$/.test(basename(word)));
  return { scripts: real.flat(), node };
}

async function readPackageAbove(
  name: HostName,
  script: string,
): Promise<Pick<HostProgram, 'version' | 'nodeRange'> | undefined> {
  let directory = dirname(script);
  for (let level = 0; level < MAX_PARENT_FOLDERS; level++) {
    for (const place of [directory, join(directory, 'node_modules', name)]) {
      const parsed = packageSchema.safeParse(await readJson(join(place, 'package.json')));
      if (parsed.success && parsed.data.name === name) {
        const { version, engines } = parsed.data;
        return { version, nodeRange: engines?.node ?? '' };
      }
    }
    directory = dirname(directory);
  }
  return undefined;
}

/** The value in a JSON file; `undefined` where it is missing, unreadable, or not JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}
