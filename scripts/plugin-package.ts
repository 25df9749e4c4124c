/**
 * What makes the built plugin a package of its own: package.json, the three hosts' manifests, and the
 * page of help.
 */
import { execFile } from 'node:child_process';
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { helpPage } from '../src/commands/help/help-page.ts';
import { feishuJsonSchema } from '../src/config/rules/schema.ts';
import { channelMeta } from '../src/host/meta.ts';

const run = promisify(execFile);

interface OwnPackage {
  readonly version: string;
  readonly license: string;
}

/**
 * The unscoped name is the plugin's id to a host, and the channel's: `feishu`, all three (a host that
 * finds another name does not find the plugin). Nothing to install, nothing to run at installing.
 */
export async function writePluginPackage(folder: string, own: OwnPackage): Promise<void> {
  const { id, aliases, order, ...meta } = channelMeta;
  const host = {
    extensions: ['./index.js'],
    channel: { id, ...meta, aliases: [...aliases], order },
    install: {
      npmSpec: '@moltbot/feishu',
      // Clawdbot's configure loads no plugin before it asks whether to install one: seen from its usual
      // workspace, this is the one that is there.
      localPath: '../.clawdbot/extensions/feishu',
      defaultChoice: 'local',
    },
  };
  const configSchema = { type: 'object', additionalProperties: false, properties: {} };
  // The hosts' validators know draft 07, and what is used here means the same in both drafts.
  const { $schema: _draft, ...described } = feishuJsonSchema();
  const schema = withoutDefaults(described);
  const manifest = { id, channels: [id], configSchema };
  const files: Readonly<Record<string, unknown>> = {
    'package.json': {
      name: '@moltbot/feishu',
      version: own.version,
      description: channelMeta.blurb,
      license: own.license,
      type: 'module',
      main: './index.js',
      bin: { 'moltbot-feishu': './cli.js' },
      engines: { node: '>=22.12' },
      moltbot: host,
      clawdbot: host,
      openclaw: host,
    },
    'clawdbot.plugin.json': manifest,
    'moltbot.plugin.json': manifest,
    'openclaw.plugin.json': {
      ...manifest,
      channelConfigs: { [id]: { schema, label: meta.label, description: meta.blurb } },
    },
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  }
  await copyFile('LICENSE', join(folder, 'LICENSE'));
}

/** The first page of help, printed by the program as it was built. */
export async function writeHelp(folder: string): Promise<void> {
  for (const lang of ['en', 'zh']) {
    const words = [join(folder, 'cli.js'), '--lang', lang, '--help'];
    const { stdout } = await run(process.execPath, words);
    await writeFile(join(folder, helpPage(lang)), stdout);
  }
}

/** The program and the door of the package around the plugin. */
export async function writeDoors(folder: string): Promise<void> {
  await writeFile(join(folder, 'cli.js'), "#!/usr/bin/env node\nimport './plugin/cli.js';\n", {
    mode: 0o755,
  });
  await writeFile(
    join(folder, 'index.js'),
    "export { default, startSandbox } from './plugin/index.js';\n",
  );
}

/**
 * OpenClaw fills in what a schema gives as default. An account would then no longer inherit from the
 * top level: its `dmPolicy` would be the default's, "open", whatever stands above it.
 */
function withoutDefaults(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDefaults);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => keyword !== 'default')
      .map(([keyword, value]) => [keyword, withoutDefaults(value)]),
  );
}
