/** The checks of the host: program, Node, plugin, gateway, and who waits to be let in. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listAccounts } from '../../config/account/accounts.ts';
import { readTail } from '../../config/file/bounded-file.ts';
import { hostHome } from '../../config/locate.ts';
import type { HostAccountStatus } from '../../host/machine/installed/account-status.ts';
import { gatewayStartProblem } from '../../host/machine/installed/gateway-start-problem.ts';
import { readNodeVersion, satisfiesRange } from '../../host/machine/installed/host-node.ts';
import { readJson } from '../../host/machine/installed/host-programs.ts';
import { PLUGIN_ID } from '../../host/machine/installed/plugin-folders.ts';
import { machineTexts } from '../../host/machine/machine-texts.ts';
import { localize, type Text } from '../../shared/text/text.ts';
import { finding } from '../check.ts';
import { type HostCheck, hostCheck } from './host-check.ts';
import { hostTexts as texts } from './host-check-texts.ts';
import { lastChannelError } from './host-log.ts';
import { hostedAccount, MAX_HOST_ANSWER_MS } from './host-status.ts';

export const readingHostCheck: HostCheck = {
  id: 'host',
  needs: ['config'],
  async probe(context) {
    const { host: reader, installed } = await context.hostFacts();
    if (reader) {
      return {
        status: 'ok',
        detail: localize(texts.hostIs, { name: reader.name, version: reader.version || '?' }),
      };
    }
    const [other] = installed;
    if (!other) return { status: 'skipped', detail: texts.noHost };
    const params = { name: other.name, path: context.location.path };
    return finding('fail', texts.readsAnother, texts.readsAnotherAdvice, params);
  },
};

export const hostNodeCheck = hostCheck({
  id: 'host-node',
  async probe({ env, platform }, { host: program }) {
    const { name, nodeRange } = program;
    const version = await readNodeVersion(program, env, platform);
    if (version === undefined || nodeRange === '') {
      return { status: 'not-checked', detail: texts.nodeNotReported };
    }
    const params = { version, range: nodeRange, name };
    if (satisfiesRange(version, nodeRange))
      return { status: 'ok', detail: localize(texts.nodeFits, params) };
    return finding('fail', texts.nodeOld, texts.nodeOldAdvice, params);
  },
});

export const gatewaySettingsCheck = hostCheck({
  id: 'gateway-settings',
  probe({ env, location }, { host: { name }, settings, isUp }) {
    const startProblem = gatewayStartProblem(settings, name, env);
    if (!startProblem) return { status: 'ok', detail: texts.gatewayMayStart };
    const params = { ...startProblem, name, path: location.path };
    // One that was started with a flag runs on; its next start fails.
    const status = isUp ? 'warn' : 'fail';
    return finding(status, texts.gatewayBlocked, texts.gatewayBlockedAdvice, params);
  },
});

export const gatewayCheck = hostCheck({
  id: 'gateway',
  needs: ['host', 'gateway-settings'],
  after: ['connection'],
  probe({ found }, { host: { name }, port, isUp }) {
    const params = { name, port };
    if (isUp) return { status: 'ok', detail: localize(texts.gatewayUp, params) };
    // Something else of ours may serve the app: then nothing is broken.
    const status = (found.online ?? 0) > 0 ? 'warn' : 'fail';
    return finding(status, texts.gatewayDown, texts.gatewayDownAdvice, params);
  },
});

export const channelCheck = hostCheck({
  id: 'channel',
  needs: ['host', 'gateway', 'plugin', 'plugin-enabled'],
  deadlineMs: MAX_HOST_ANSWER_MS,
  async probe(context, facts, signal) {
    const { name } = facts.host;
    if (!facts.isUp) {
      const params = { name, port: facts.port };
      return { status: 'skipped', detail: localize(texts.gatewayDown, params) };
    }
    const own = await hostedAccount(context, facts, signal);
    if (!own) {
      const command = `${name} channels status --probe`;
      return {
        status: 'not-checked',
        detail: localize(texts.channelNotReported, { name }),
        advice: localize(texts.channelNotReportedAdvice, { command }),
      };
    }
    if (own.running === true && own.connected !== false && !own.lastError) {
      return { status: 'ok', detail: texts.channelRunning };
    }
    if (own.running === undefined && !own.lastError) {
      return { status: 'not-checked', detail: localize(texts.channelNotReported, { name }) };
    }
    return {
      status: own.running === false ? 'fail' : 'warn',
      detail: localize(wordsOf(own), { error: own.lastError || localize(machineTexts.noReason) }),
      advice: localize(texts.channelStoppedAdvice, { name }),
    };
  },
});

function wordsOf({ running, lastError }: HostAccountStatus): Text {
  if (running === false) return texts.channelStopped;
  return lastError ? texts.channelError : texts.channelOffline;
}

const pairingSchema = z.object({
  requests: z.array(z.object({ createdAt: z.string().catch('') })).catch([]),
});
/** How long a code lives (clawdbot@2026.1.24-3 pairing-store). */
const PAIRING_LIFE_MS = 60 * 60_000;

export const pairingCheck = hostCheck({
  id: 'pairing',
  async probe({ location, now }, { host: { name } }) {
    const file = join(location.stateDir, 'credentials', `${PLUGIN_ID}-pairing.json`);
    const parsed = pairingSchema.safeParse((await readJson(file)) ?? {});
    const waiting = (parsed.success ? parsed.data.requests : []).filter(
      ({ createdAt }) => now() - Date.parse(createdAt) < PAIRING_LIFE_MS,
    );
    if (waiting.length === 0) return { status: 'ok', detail: texts.noPairingRequests };
    const params = { count: waiting.length, name };
    return finding('warn', texts.pairingPending, texts.pairingPendingAdvice, params);
  },
});

export const hostLogCheck = hostCheck({
  id: 'host-log',
  async probe({ env, home, now, found, location }, { host: { name }, settings }) {
    const { stateDir } = location;
    const { section } = found.document ?? {};
    const error = await lastChannelError({
      file: settings.logging?.file,
      name,
      home: hostHome(name, env, home),
      stateDir: await realpath(stateDir).catch(() => stateDir),
      accountIds: section ? listAccounts(section) : [],
      now: now(),
      secret: found.secret,
      readTail,
    });
    if (!error) return { status: 'ok', detail: texts.noLogError };
    return finding('warn', texts.logError, texts.logErrorAdvice, { ...error });
  },
});
