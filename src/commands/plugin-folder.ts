/** Our built plugin, for setup and doctor to put in place. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { errnoOf } from '../config/file-system.ts';

/**
 * The folder of the built program itself, where it lies within the package `moltbot-feishu`; none when
 * run from the sources, or as the plugin that a host has installed already.
 */
export async function pluginFolder(): Promise<string | undefined> {
  const names = await Promise.all(['./package.json', '../../package.json'].map(nameIn));
  const isPackaged = names[0] === '@moltbot/feishu' && names[1] === 'moltbot-feishu';
  return isPackaged ? fileURLToPath(new URL('.', import.meta.url)) : undefined;
}

async function nameIn(relative: string): Promise<unknown> {
  try {
    const text = await readFile(new URL(relative, import.meta.url), 'utf8');
    return (JSON.parse(text) as { name?: unknown }).name;
  } catch (error) {
    if (errnoOf(error) !== undefined || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
