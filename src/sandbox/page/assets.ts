/** The files of the chat page, as the build made them. */
import { readFile } from 'node:fs/promises';
import type { Answer } from '../http/answers.ts';
import { pageHeaders } from './page-headers.ts';

type AssetName = 'client.js' | 'client.css';

/** Beside the built program, or where the build puts it, for a sandbox that runs from its sources. */
const folders = ['./page/', '../../../dist/plugin/page/'];

/** The content of a file. */
async function readAsset(name: AssetName): Promise<Buffer> {
  const [beside, built] = folders.map((folder) => new URL(folder + name, import.meta.url));
  try {
    return await readFile(beside as URL);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return readFile(built as URL);
  }
}

const types: Readonly<Record<AssetName, string>> = {
  'client.js': 'text/javascript; charset=utf-8',
  'client.css': 'text/css; charset=utf-8',
};

/** A file as an answer. Throws what reading throws where there was no build. */
export async function asset(name: AssetName): Promise<Answer> {
  const headers = { ...pageHeaders, 'content-type': types[name] };
  return { status: 200, headers, body: await readAsset(name) };
}

/** The icon of every page. */
export const icon = (): Answer => ({
  status: 200,
  headers: { ...pageHeaders, 'content-type': 'image/svg+xml' },
  body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#3370ff" d="M2 2h12v9H7l-3 3v-3H2z"/></svg>',
});
