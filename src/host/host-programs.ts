/** The hosts' programs on this machine, as their own package.json describes them; none is run. */
import { access, constants, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { errnoOf } from '../config/file-system.ts';
import type { HostName } from '../config/locate.ts';

export interface HostProgram {
  readonly name: HostName;
  /** As found on PATH. */
  readonly path: string;
  /** Empty where the program does not say. */
  readonly version: string;
  /** `engines.node`; empty where the program does not say. */
  readonly nodeRange: string;
}

export const hostNames: readonly HostName[] = ['moltbot', 'clawdbot', 'openclaw'];

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
        return path;
      } catch {
        // Not there, or not to be run: the next place may have it.
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

const HOW_FAR_UP = 5;

async function describe(name: HostName, path: string): Promise<HostProgram> {
  let directory = dirname(await realpath(path));
  for (let level = 0; level < HOW_FAR_UP; level++) {
    for (const place of [directory, join(directory, 'node_modules', name)]) {
      const parsed = packageSchema.safeParse(await readJson(join(place, 'package.json')));
      if (parsed.success && parsed.data.name === name) {
        const { version, engines } = parsed.data;
        return { name, path, version, nodeRange: engines?.node ?? '' };
      }
    }
    directory = dirname(directory);
  }
  return { name, path, version: '', nodeRange: '' };
}

/** What a JSON file holds; `undefined` where it is not there, unreadable, or not JSON. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || errnoOf(error) !== undefined) return undefined;
    throw error;
  }
}
