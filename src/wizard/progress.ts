/**
 * What an unfinished guided run already knows, kept until it is done: never a secret.
 *
 * Kept with conf below XDG_CONFIG_HOME, else ~/.config; a file that cannot be read or written costs
 * the convenience and nothing else.
 */
import { join } from 'node:path';
import Conf from 'conf';

export interface SetupProgress {
  readonly appId: string | undefined;
  save(answers: { readonly appId: string }): void;
  clear(): void;
}

export async function progressStore(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<SetupProgress> {
  const cwd = join(env.XDG_CONFIG_HOME || join(home, '.config'), 'moltbot-feishu');
  const store = new Conf<{ appId?: string }>({
    cwd,
    configName: 'setup',
    projectName: 'moltbot-feishu',
    clearInvalidConfig: true,
    configFileMode: 0o600,
    accessPropertiesByDotNotation: false,
  });
  const quietly = (work: () => void) => {
    try {
      work();
    } catch {
      // A read-only home: the next run asks again, nothing else is lost.
    }
  };
  const appId = store.get('appId');
  return {
    appId: typeof appId === 'string' ? appId : undefined,
    save: (answers) => quietly(() => store.set(answers)),
    clear: () => quietly(() => store.clear()),
  };
}
