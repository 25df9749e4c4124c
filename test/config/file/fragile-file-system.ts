/** The real file system, with one call that fails, or after which nothing happens any more. */
import { writeFileSync } from 'node:fs';
import {
  type FileSystem,
  type NewFile,
  nodeFileSystem,
} from '../../../src/config/file/file-system.ts';

export class Killed extends Error {}

/** Told before each call; throws to let it fail. `partly` writes that share of the data first. */
export type OnCall = (name: string, count: number) => undefined | { readonly partly: Error };

export function fragileFileSystem(onCall: OnCall): FileSystem & { readonly calls: string[] } {
  const calls: string[] = [];
  const before = (name: string) => {
    calls.push(name);
    return onCall(name, calls.length);
  };
  const wrapFile = (file: NewFile, path: string): NewFile => ({
    async write(data) {
      const fault = before('write');
      if (fault) {
        writeFileSync(path, data.slice(0, Math.floor(data.length / 2)));
        throw fault.partly;
      }
      await file.write(data);
    },
    async chmod(mode) {
      before('chmod');
      await file.chmod(mode);
    },
    async chown(uid, gid) {
      before('chown');
      await file.chown(uid, gid);
    },
    async sync() {
      before('sync');
      await file.sync();
    },
    async close() {
      // Whatever the test forbids, the descriptor is given back.
      await file.close();
      before('close');
    },
  });
  const guarded = Object.entries(nodeFileSystem).map(([name, call]) => [
    name,
    async (...args: [string, never]) => {
      before(name);
      const result: unknown = await (call as (...given: unknown[]) => Promise<unknown>)(...args);
      return name === 'create' ? wrapFile(result as NewFile, args[0]) : result;
    },
  ]);
  return { ...(Object.fromEntries(guarded) as FileSystem), calls };
}

export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}
