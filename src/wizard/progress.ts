/**
 * The answers of an unfinished guided run, kept until setup is done: never a secret.
 *
 * Kept with conf below XDG_CONFIG_HOME, else ~/.config, one entry a config file and account; a file
 * that cannot be read or written costs the convenience and nothing else.
 */
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import Conf from 'conf';
import { z } from 'zod';

const keptRun = z.object({
  /** The step at which it stopped. */
  step: z.string(),
  way: z.enum(['scan', 'paste', 'console']).exactOptional(),
  appId: z.string().exactOptional(),
  domain: z.string().exactOptional(),
  /** The host that a flag or an answer named. */
  host: z.enum(['moltbot', 'clawdbot', 'openclaw', 'none']).exactOptional(),
  /** The config file that a flag named. */
  config: z.string().exactOptional(),
  botName: z.string().exactOptional(),
  /** The person who scanned. */
  openId: z.string().exactOptional(),
  /** A scan made the app. */
  scanned: z.boolean().exactOptional(),
  autopilot: z.boolean().exactOptional(),
  walks: z.boolean().exactOptional(),
  /** `version_id` of the version that was published, while it waits for approval. */
  published: z.string().exactOptional(),
  /** The number of that version. */
  publishedVersion: z.string().exactOptional(),
});
export type SavedRun = z.infer<typeof keptRun>;

/** An unfinished run, and where it worked. */
export interface UnfinishedRun {
  /** Path of the config file. */
  readonly path: string;
  readonly account: string;
  readonly run: SavedRun;
}

export interface SetupProgress {
  /** Whether anything is kept for the next run. */
  readonly isKept: boolean;
  /** The language that was chosen once. */
  readonly lang: 'en' | 'zh' | undefined;
  saveLang(lang: 'en' | 'zh'): void;
  of(config: string, account: string): SavedRun | undefined;
  /** The run that was saved last, wherever it worked. */
  lastRun(): UnfinishedRun | undefined;
  save(config: string, account: string, run: SavedRun): void;
  clear(config: string, account: string): void;
}

/** Where nothing can be kept: a home that is read-only, or not there. */
const nothingKept: SetupProgress = {
  isKept: false,
  lang: undefined,
  saveLang: () => undefined,
  of: () => undefined,
  lastRun: () => undefined,
  save: () => undefined,
  clear: () => undefined,
};

type Store = Conf<{ lang?: string; runs?: Record<string, unknown> }>;

/** `undefined` where its directory cannot be made, written or closed to others. */
function openStore(cwd: string): Store | undefined {
  try {
    mkdirSync(cwd, { recursive: true, mode: 0o700 });
    // One that an earlier run made under a wide umask.
    if (process.getuid !== undefined && (statSync(cwd).mode & 0o077) !== 0) chmodSync(cwd, 0o700);
    accessSync(cwd, constants.W_OK);
    if (process.getuid !== undefined && (statSync(cwd).mode & 0o200) === 0) return undefined;
    const store: Store = new Conf({
      cwd,
      configName: 'setup',
      projectName: 'moltbot-feishu',
      clearInvalidConfig: true,
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    store.get('lang');
    return store;
  } catch {
    return undefined;
  }
}

export async function progressStore(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<SetupProgress> {
  const { XDG_CONFIG_HOME: named = '' } = env;
  // A relative one is to be ignored, as its specification says.
  const cwd = join(isAbsolute(named) ? named : join(home, '.config'), 'moltbot-feishu');
  const store = openStore(cwd);
  if (!store) return nothingKept;
  const quietly = (work: () => void) => {
    try {
      work();
    } catch {
      // A read-only home: the next run asks again, nothing else is lost.
    }
  };
  // Account ids hold no #, paths may.
  const key = (config: string, account: string) => `${config}#${account}`;
  const runs = (): Record<string, unknown> => {
    const kept = store.get('runs');
    return typeof kept === 'object' && kept !== null ? kept : {};
  };
  const lang = store.get('lang');
  return {
    isKept: true,
    lang: lang === 'en' || lang === 'zh' ? lang : undefined,
    saveLang: (chosen) => quietly(() => store.set('lang', chosen)),
    of: (config, account) => keptRun.safeParse(runs()[key(config, account)]).data,
    lastRun() {
      const [last, run] = Object.entries(runs()).at(-1) ?? [];
      const parsed = keptRun.safeParse(run).data;
      if (last === undefined || !parsed) return undefined;
      const at = last.lastIndexOf('#');
      return { path: last.slice(0, at), account: last.slice(at + 1), run: parsed };
    },
    save: (config, account, run) =>
      quietly(() => {
        // Written last, so that the latest is the last one.
        const { [key(config, account)]: _before, ...others } = runs();
        store.set('runs', { ...others, [key(config, account)]: run });
      }),
    clear: (config, account) =>
      quietly(() => {
        const { [key(config, account)]: _done, ...others } = runs();
        store.set('runs', others);
      }),
  };
}
