/** The built folder, as a host and npm see it. */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import ownPackage from '../../package.json' with { type: 'json' };

const folder = fileURLToPath(new URL('../../dist/plugin/', import.meta.url));
const json = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));

it('is a package of its own, with nothing to install and nothing to run', async () => {
  const manifest = await json('package.json');
  expect(manifest).toMatchObject({ name: '@moltbot/feishu', version: ownPackage.version });
  for (const key of ['dependencies', 'optionalDependencies', 'peerDependencies', 'scripts']) {
    expect(manifest).not.toHaveProperty(key);
  }
  for (const host of ['moltbot', 'clawdbot', 'openclaw']) {
    expect(manifest[host]).toMatchObject({ extensions: ['./index.js'], channel: { id: 'feishu' } });
    expect(await json(`${host}.plugin.json`)).toMatchObject({ id: 'feishu', channels: ['feishu'] });
  }
});

it('describes the section without defaults, which a host would fill in over what is inherited', async () => {
  const { channelConfigs } = await json('openclaw.plugin.json');
  const { schema } = channelConfigs.feishu;
  expect(schema.properties.accounts.additionalProperties.properties.dmPolicy.enum).toContain(
    'open',
  );
  expect(JSON.stringify(schema)).not.toContain('"default":');
  expect(schema).not.toHaveProperty('$schema');
});

it('needs no file outside of its folder', async () => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  for (const name of files) {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text, name).not.toMatch(/(?:from|import)\s*\(?["'`]\.\.\//);
  }
});

/** Everything that a module imports before it runs. */
async function staticImports(path: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const text = await readFile(path, 'utf8');
  for (const [, target] of text.matchAll(/(?:import|from)\s*["'`](\.\/[^"'`]+)["'`]/g)) {
    await staticImports(join(dirname(path), target ?? ''), seen);
  }
  return seen;
}

it('loads neither the SDK nor the schemas nor the prompts when a host loads it', async () => {
  const loaded = [...(await staticImports(join(folder, 'index.js')))];
  const texts = await Promise.all(loaded.map((path) => readFile(path, 'utf8')));
  const all = texts.join('\n');
  // What only they say: the SDK, clack, zod.
  expect(all).not.toContain('/callback/ws/endpoint');
  expect(all).not.toContain('◆');
  expect(all).not.toContain('~standard');
  // What other plugins mean by a section is known where a host reads it; it is some 30 KB of this.
  expect(all.length).toBeLessThan(106_496);
});

it('registers without a host runtime to speak of, and never throws', async () => {
  const { default: plugin } = await import(join(folder, 'index.js'));
  const registered: string[] = [];
  plugin.register({
    runtime: {},
    registerChannel: ({ plugin: channel }: { plugin: { id: string } }) =>
      registered.push(channel.id),
  });
  expect(registered).toEqual(['feishu']);
});
