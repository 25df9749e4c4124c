/** The checks of the host: program, Node, plugin, gateway, and who waits to be let in. */
import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { message } from '../shared/text.ts';
import { version as ownVersion } from '../shared/version.ts';
import type { Check, Finding } from './check.ts';
import { configEditMend } from './config-mends.ts';
import type { DoctorContext } from './context.ts';
import { type HostFacts, PLUGIN_ID } from './host-facts.ts';
import { lastChannelError } from './host-log.ts';
import { findProgram, type HostProgram, readJson } from './host-programs.ts';
import { hostTexts as texts } from './host-texts.ts';
import { satisfiesRange } from './node-range.ts';
import { placePluginMend } from './plugin-mend.ts';

type HostCheck = Check<DoctorContext>;

/** A check of the host that reads this config; without one it does not apply. */
function hostCheck(
  check: Pick<HostCheck, 'id' | 'question'> & {
    readonly needs?: readonly string[];
    readonly after?: readonly string[];
    probe(
      context: DoctorContext,
      facts: HostFacts & { readonly host: HostProgram },
      signal: AbortSignal,
    ): Finding | Promise<Finding>;
  },
): HostCheck {
  return {
    ...check,
    needs: ['config', ...(check.needs ?? ['host'])],
    async probe(context, signal) {
      const facts = await context.hostFacts();
      const { host } = facts;
      return host
        ? check.probe(context, { ...facts, host }, signal)
        : { status: 'skipped', detail: texts.noHost };
    },
  };
}

const host: HostCheck = {
  id: 'host',
  question: texts.askHost,
  needs: ['config'],
  async probe(context) {
    const { host: reader, installed } = await context.hostFacts();
    if (reader) {
      return {
        status: 'ok',
        detail: message(texts.hostIs, { name: reader.name, version: reader.version || '?' }),
      };
    }
    const [other] = installed;
    if (!other) return { status: 'skipped', detail: texts.noHost };
    const params = { name: other.name, path: context.location.path };
    return {
      status: 'fail',
      detail: message(texts.readsAnother, params),
      fix: message(texts.readsAnotherFix, params),
    };
  },
};

const node = hostCheck({
  id: 'host-node',
  question: texts.askNode,
  async probe({ env, platform }, { host: { name, nodeRange } }) {
    const version = await nodeVersion(env, platform);
    if (version === undefined || nodeRange === '') {
      return { status: 'not-checked', detail: texts.nodeUntold };
    }
    const params = { version, range: nodeRange, name };
    if (satisfiesRange(version, nodeRange))
      return { status: 'ok', detail: message(texts.nodeFits, params) };
    return {
      status: 'fail',
      detail: message(texts.nodeOld, params),
      fix: message(texts.nodeOldFix, params),
    };
  },
});

const run = promisify(execFile);

/** Of the Node that a host started here would get. */
async function nodeVersion(
  env: DoctorContext['env'],
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  const path = await findProgram('node', env, platform);
  if (path === undefined) return undefined;
  const [found, own] = await Promise.all([realpath(path), realpath(process.execPath)]);
  if (found === own) return process.version;
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 3_000 });
    return stdout.trim();
  } catch {
    // A Node that does not tell its version: the check says that it does not know.
    return undefined;
  }
}

/** Under both names the same plugin is published. */
const ownNames = ['@moltbot/feishu', 'moltbot-feishu'];

const plugin = hostCheck({
  id: 'plugin',
  question: texts.askPlugin,
  probe(context, { host: { name }, plugins }) {
    const [only, ...others] = plugins;
    if (!only) {
      const isLocked = name !== 'openclaw';
      return {
        status: 'fail',
        detail: message(isLocked ? texts.pluginMissingLocked : texts.pluginMissing, { name }),
        fix: message(texts.pluginMissingFix, { name }),
        mend: placePluginMend(context),
      };
    }
    if (others.length > 0) {
      const params = { paths: plugins.map(({ path }) => path).join(', '), name };
      return {
        status: 'fail',
        detail: message(texts.pluginsTwo, params),
        fix: message(texts.pluginsTwoFix, params),
      };
    }
    const params = { ...only, own: ownVersion, name };
    if (!ownNames.includes(only.name)) {
      return {
        status: 'warn',
        detail: message(texts.pluginForeign, { plugin: only.name || only.path }),
        fix: message(texts.pluginForeignFix, params),
      };
    }
    if (only.version !== ownVersion) {
      return {
        status: 'warn',
        detail: message(texts.pluginOther, params),
        fix: message(texts.pluginOtherFix, params),
      };
    }
    return { status: 'ok', detail: message(texts.pluginIs, params) };
  },
});

const pluginEnabled = hostCheck({
  id: 'plugin-enabled',
  question: texts.askPluginEnabled,
  needs: ['host', 'plugin'],
  probe(context, { host: { name }, settings: { plugins = {} } }) {
    const { path } = context.location;
    const found = (
      key: string,
      value: unknown,
      edit: Parameters<typeof configEditMend>[2],
    ): Finding => ({
      status: 'fail',
      detail: message(texts.pluginOff, { name, key, value: JSON.stringify(value) }),
      fix: message(texts.pluginOffFix, { key, path }),
      mend: configEditMend(context, message(texts.mendPlugin, { key, path }), edit),
    });
    if (plugins.enabled === false) {
      return found('plugins.enabled', false, [{ path: ['plugins', 'enabled'], value: true }]);
    }
    const { allow = [], deny = [], entries = {} } = plugins;
    if (deny.includes(PLUGIN_ID)) {
      const value = deny.filter((id) => id !== PLUGIN_ID);
      return found('plugins.deny', deny, [{ path: ['plugins', 'deny'], value }]);
    }
    if (allow.length > 0 && !allow.includes(PLUGIN_ID)) {
      return found('plugins.allow', allow, [
        { path: ['plugins', 'allow'], value: [...allow, PLUGIN_ID] },
      ]);
    }
    const enabled = entries[PLUGIN_ID]?.enabled;
    // Its own catalog has another plugin of that id: without a word of ours it takes that one.
    if (enabled === false || (name === 'openclaw' && enabled === undefined)) {
      const at = ['plugins', 'entries', PLUGIN_ID, 'enabled'];
      return found(at.join('.'), enabled ?? null, [{ path: at, value: true }]);
    }
    return { status: 'ok', detail: texts.pluginOn };
  },
});

const gateway = hostCheck({
  id: 'gateway',
  question: texts.askGateway,
  after: ['connection'],
  probe({ found }, { host: { name }, port, isUp }) {
    const params = { name, port };
    if (isUp) return { status: 'ok', detail: message(texts.gatewayUp, params) };
    return {
      // Something else of ours may serve the app: then nothing is broken.
      status: (found.online ?? 0) > 0 ? 'warn' : 'fail',
      detail: message(texts.gatewayDown, params),
      fix: message(texts.gatewayDownFix, params),
    };
  },
});

const statusSchema = z.object({
  channelAccounts: z.record(
    z.string(),
    z.array(
      z.object({
        accountId: z.string(),
        running: z.boolean().optional().catch(undefined),
        connected: z.boolean().optional().catch(undefined),
        lastError: z.string().nullish().catch(undefined),
      }),
    ),
  ),
});

const channel = hostCheck({
  id: 'channel',
  question: texts.askChannel,
  needs: ['host', 'gateway', 'plugin', 'plugin-enabled'],
  async probe({ env, accountId }, { host: { path, name }, isUp }, signal) {
    if (!isUp) return { status: 'skipped', detail: message(texts.gatewayDown, { name, port: '' }) };
    const command = `${name} channels status --probe`;
    const untold: Finding = {
      status: 'not-checked',
      detail: message(texts.channelUntold, { name }),
      fix: message(texts.channelUntoldFix, { command }),
    };
    let text: string;
    try {
      text = (await run(path, ['channels', 'status', '--json'], { env: { ...env }, signal }))
        .stdout;
    } catch {
      // The host refused, or took too long: what it says then is for a person to see.
      return untold;
    }
    const parsed = statusSchema.safeParse(jsonIn(text));
    const own = parsed.success
      ? parsed.data.channelAccounts[PLUGIN_ID]?.find((account) => account.accountId === accountId)
      : undefined;
    if (!own) return untold;
    if (own.running !== false && !own.lastError)
      return { status: 'ok', detail: texts.channelRunning };
    return {
      status: own.running === false ? 'fail' : 'warn',
      detail: message(texts.channelStopped, { error: own.lastError ?? '–' }),
      fix: message(texts.channelStoppedFix, { name }),
    };
  },
});

/** The document in what a host prints: some print a banner above it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    // Not the document that was asked for: told as unknown.
    return undefined;
  }
}

const pairingSchema = z.object({
  requests: z.array(z.object({ createdAt: z.string().catch('') })).catch([]),
});
/** How long a code lives (clawdbot@2026.1.24-3 pairing-store). */
const PAIRING_LIFE_MS = 60 * 60_000;

const pairing = hostCheck({
  id: 'pairing',
  question: texts.askPairing,
  async probe({ location, now }, { host: { name } }) {
    const file = join(location.stateDir, 'credentials', `${PLUGIN_ID}-pairing.json`);
    const parsed = pairingSchema.safeParse((await readJson(file)) ?? {});
    const waiting = (parsed.success ? parsed.data.requests : []).filter(
      ({ createdAt }) => now() - Date.parse(createdAt) < PAIRING_LIFE_MS,
    );
    if (waiting.length === 0) return { status: 'ok', detail: texts.nobodyWaits };
    const params = { count: waiting.length, name };
    return {
      status: 'warn',
      detail: message(texts.pairingWaits, params),
      fix: message(texts.pairingWaitsFix, params),
    };
  },
});

const log = hostCheck({
  id: 'host-log',
  question: texts.askLog,
  async probe({ home, now, found }, { host: { name }, settings }) {
    const error = await lastChannelError({
      file: settings.logging?.file,
      name,
      home,
      now: now(),
      secret: found.secret,
      read: (path) => readFile(path),
    });
    if (!error) return { status: 'ok', detail: texts.logQuiet };
    return {
      status: 'warn',
      detail: message(texts.logError, error),
      fix: message(texts.logErrorFix, error),
    };
  },
});

export const hostChecks: readonly HostCheck[] = [
  host,
  node,
  plugin,
  pluginEnabled,
  gateway,
  channel,
  pairing,
  log,
];
