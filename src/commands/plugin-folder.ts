/** Our built plugin, for setup and doctor to put in place. */
import { fileURLToPath } from 'node:url';
import { readJson } from '../host/machine/installed/host-programs.ts';

/**
 * The folder of the built program itself, where it lies within the package `moltbot-feishu`; none when
 * run from the sources, or as the plugin that a host has installed already.
 */
export async function pluginFolder(): Promise<string | undefined> {
  const [own, around] = await Promise.all(['./package.json', '../../package.json'].map(nameIn));
  const isPackaged = own === '@moltbot/feishu' && around === 'moltbot-feishu';
  return isPackaged ? here('.') : undefined;
}

async function nameIn(relative: string): Promise<unknown> {
  const manifest = (await readJson(here(relative))) as
    | { readonly name?: unknown }
    | null
    | undefined;
  return manifest?.name;
}

function here(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
