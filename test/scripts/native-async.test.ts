/** What TypeScript made of async functions for ES5 does the same when it is bundled as async functions. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'tsdown';
import { expect, it } from 'vitest';
import { nativeAsync } from '../../scripts/native-async.ts';
import { temporaryHome } from '../support/home.ts';

/** TypeScript's own helpers (tslib). */
const helpers = `
var __awaiter = function (thisArg, _arguments, P, generator) {
  function adopt(value) { return value instanceof P ? value : new P((resolve) => resolve(value)); }
  return new (P || (P = Promise))(function (resolve, reject) {
    function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
    function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
    function step(result) {
      result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
  });
};
`;

async function bundled(source: string): Promise<Record<string, unknown> & { code: string }> {
  const home = await temporaryHome();
  await mkdir(join(home, 'compiled'));
  const entry = join(home, 'compiled', 'module.mjs');
  await writeFile(entry, helpers + source);
  const [bundle] = await build({
    config: false,
    entry: { module: entry },
    outDir: join(home, 'out'),
    cwd: home,
    format: 'esm',
    platform: 'node',
    dts: false,
    logLevel: 'silent',
    plugins: [nativeAsync(/compiled/)],
  });
  const [chunk] = bundle?.chunks ?? [];
  if (chunk?.type !== 'chunk') throw new Error('nothing was bundled');
  const path = join(home, 'out', chunk.fileName);
  return { ...(await import(pathToFileURL(path).href)), code: chunk.code };
}

it('keeps this, precedence, nesting, errors and generators', async () => {
  const { code, ...module } = await bundled(`
    export class Counter {
      constructor() { this.count = 1; }
      add(other) {
        return __awaiter(this, void 0, void 0, function* () {
          var _a;
          this.count += (yield ((_a = other) === null || _a === void 0 ? void 0 : _a.value)) || 10;
          const inner = () => __awaiter(this, void 0, void 0, function* () {
            return (yield yield Promise.resolve(this.count), yield this.count) * 2;
          });
          return yield inner();
        });
      }
      fail() {
        return __awaiter(this, void 0, void 0, function* () {
          try { yield Promise.reject(new Error('早')); }
          catch (error) { throw new Error('after ' + error.message); }
          finally { yield (this.count = 0); }
        });
      }
      get all() {
        return __awaiter(void 0, void 0, void 0, function* () {
          function* three() { yield 1; yield* [2, 3]; }
          return [...three()];
        });
      }
    }
  `);
  const { Counter } = module as {
    Counter: new () => {
      count: number;
      add(other?: { value?: unknown }): Promise<number>;
      fail(): Promise<void>;
      all: Promise<number[]>;
    };
  };
  const counter = new Counter();
  expect(await counter.add({ value: Promise.resolve(4) })).toBe(10);
  expect(await counter.add(undefined)).toBe(30);
  await expect(counter.fail()).rejects.toThrow('after 早');
  expect(counter.count).toBe(0);
  expect(await counter.all).toEqual([1, 2, 3]);
  expect(code).toContain('async function');
  expect(code.match(/function\*/g)).toHaveLength(1);
});

it('refuses what it does not know, instead of changing what it does', async () => {
  const unknown = [
    '__awaiter(this, arguments, void 0, function* (first) { yield first; })',
    '__awaiter(this, void 0, void 0, function* () { yield* other(); })',
    '__awaiter(this, void 0, void 0, function* () { return arguments.length; })',
  ];
  for (const call of unknown) {
    await expect(bundled(`export function run() { return ${call}; }`)).rejects.toThrow(
      'not understood as an async function',
    );
  }
});
