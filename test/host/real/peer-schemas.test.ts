/** The published schemas of the other plugins, key by key and value by value. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { factsOf } from '../../config/peers/json-schema-facts.ts';
import { recordedFacts } from '../../config/peers/recorded-facts.ts';
import { faultsIn } from '../../config/peers/walk-facts.ts';

const run = promisify(execFile);

/** The package from npm, unpacked beside the hosts of install.ts; nothing in it is run. */
async function unpack(name: string, version: string): Promise<string> {
  const { MOLTBOT_FEISHU_HOSTS: named, XDG_CACHE_HOME: caches } = process.env;
  const cache = named || join(caches || join(homedir(), '.cache'), 'moltbot-feishu', 'hosts');
  const folder = join(cache, `peer-${name.replaceAll(/[@/]/g, '-')}-${version}`);
  if (existsSync(join(folder, 'package', 'package.json'))) return join(folder, 'package');
  await mkdir(folder, { recursive: true });
  const { stdout } = await run('npm', ['pack', `${name}@${version}`, '--silent'], { cwd: folder });
  await run('tar', ['-xzf', stdout.trim()], { cwd: folder });
  return join(folder, 'package');
}

function manifestOf(folder: string): {
  readonly configSchema: unknown;
  readonly channelConfigs?: { readonly feishu: { readonly schema: unknown } };
} {
  return JSON.parse(readFileSync(join(folder, 'openclaw.plugin.json'), 'utf8')) as never;
}

it('@openclaw/feishu: every key has a row, and none throws', async () => {
  const folder = await unpack('@openclaw/feishu', '2026.9.5');
  const facts = factsOf(manifestOf(folder).channelConfigs?.feishu.schema);
  expect(faultsIn('@openclaw/feishu', facts)).toEqual([]);
  expect(facts).toEqual(recordedFacts['@openclaw/feishu']);
});

it('@openclaw-china/feishu: every key has a row, and none throws', async () => {
  const folder = await unpack('@openclaw-china/feishu', '0.1.10');
  const facts = factsOf(manifestOf(folder).configSchema);
  expect(faultsIn('@openclaw-china/feishu', facts)).toEqual([]);
  expect(facts).toEqual(recordedFacts['@openclaw-china/feishu']);
});

it('@larksuite/openclaw-lark: every key has a row, and none throws', async () => {
  const folder = await unpack('@larksuite/openclaw-lark', '2026.7.16');
  // Its manifest takes any object: the schema is in its code, which needs zod alone.
  const file = join(folder, 'src/core/config-schema.js');
  const exported: { FEISHU_CONFIG_JSON_SCHEMA?: unknown } = {};
  const load = new Function('exports', 'require', readFileSync(file, 'utf8'));
  load(exported, createRequire(import.meta.url));
  const facts = factsOf(exported.FEISHU_CONFIG_JSON_SCHEMA);
  expect(faultsIn('@larksuite/openclaw-lark', facts)).toEqual([]);
  expect(facts).toEqual(recordedFacts['@larksuite/openclaw-lark']);
});
