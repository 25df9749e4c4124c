/** `channels status`: an account's state, a probe's findings, and the advice for each fault. */

import type { AccountSnapshot, HostAccount } from '../contract.ts';
import type { HostConfig } from '../host-config.ts';
import { rewriteCommands } from '../machine/installed/command-names.ts';
import type { PluginServices, ProbeResult } from '../plugin-services.ts';
import { runningHost } from '../section/config-location.ts';

interface Issue {
  readonly channel: 'feishu';
  readonly accountId: string;
  readonly kind: 'intent' | 'permissions' | 'config' | 'auth' | 'runtime';
  readonly message: string;
  readonly fix?: string;
}

interface SnapshotRequest {
  readonly account: HostAccount;
  readonly runtime?: AccountSnapshot;
  readonly probe?: ProbeResult;
}

const idleAccount = {
  accountId: 'default',
  running: false,
  connected: false,
  lastStartAt: null,
  lastStopAt: null,
  lastError: null,
} as const;

export function statusAdapter({ probe }: Pick<PluginServices, 'probe'>) {
  return {
    defaultRuntime: idleAccount,
    probeAccount: (request: {
      readonly account: HostAccount;
      readonly timeoutMs: number;
      readonly cfg: HostConfig;
    }): Promise<ProbeResult> =>
      probe({
        cfg: request.cfg,
        accountId: request.account.accountId,
        timeoutMs: request.timeoutMs,
      }),
    buildAccountSnapshot: snapshotOf,
    buildChannelSummary: ({ snapshot }: { readonly snapshot: AccountSnapshot }) => {
      const { configured, running, connected, lastStartAt, lastStopAt, lastError } = snapshot;
      return {
        configured: configured ?? false,
        running: running ?? false,
        connected: connected ?? false,
        lastStartAt: lastStartAt ?? null,
        lastStopAt: lastStopAt ?? null,
        lastError: lastError ?? null,
        lastEventAt: snapshot.lastEventAt ?? null,
        probe: snapshot.probe,
        lastProbeAt: snapshot.lastProbeAt ?? null,
      };
    },
    collectStatusIssues: (snapshots: readonly AccountSnapshot[]): Issue[] =>
      snapshots.flatMap(issuesOf),
  };
}

function snapshotOf({ account, runtime, probe }: SnapshotRequest): AccountSnapshot {
  return {
    ...idleAccount,
    ...runtime,
    accountId: account.accountId,
    ...(account.name !== undefined && { name: account.name }),
    enabled: account.enabled,
    configured: account.configured,
    appId: account.appId,
    dmPolicy: account.dmPolicy,
    allowFrom: account.allowFrom,
    ...(probe && { probe, ...(probe.bot && { bot: probe.bot }) }),
  };
}

/** One of our commands, as it is run beside the host that shows it. */
const own = (command: string): string => rewriteCommands(runningHost(process.argv[1]), command);

function issuesOf(snapshot: AccountSnapshot): Issue[] {
  const { accountId, enabled, configured, running } = snapshot;
  const issue = (kind: Issue['kind'], message: string, fix?: string): Issue => ({
    channel: 'feishu',
    accountId,
    kind,
    message,
    ...(fix !== undefined && { fix }),
  });
  if (enabled === false) return [];
  if (configured === false) {
    return [issue('config', 'App ID or App Secret is missing.', own('moltbot-feishu setup'))];
  }
  const found = probeIn(snapshot.probe)?.checks ?? [];
  const issues = found
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ id, detail, fix }) => issue(issueKindOf(id), `${id}: ${detail ?? id}`, fix));
  const lastError = typeof snapshot.lastError === 'string' ? snapshot.lastError : '';
  // The same cause seen from the line says nothing more than the check that found it.
  const hasAdvice = found.some(({ status }) => status === 'fail');
  if (lastError !== '' && !hasAdvice) issues.push(issue('runtime', lastError));
  if (running === true && snapshot.connected === false && issues.length === 0) {
    issues.push(issue('runtime', 'The long connection is not up.', own('moltbot-feishu doctor')));
  }
  return issues;
}

function issueKindOf(check: string): Issue['kind'] {
  switch (check) {
    case 'config':
      return 'config';
    case 'credentials':
      return 'auth';
    case 'permissions':
      return 'permissions';
    case 'events':
      return 'intent';
    default:
      return 'runtime';
  }
}

function probeIn(value: unknown): Pick<ProbeResult, 'checks'> | undefined {
  const checks = typeof value === 'object' && value !== null && Reflect.get(value, 'checks');
  return Array.isArray(checks) ? { checks: checks as ProbeResult['checks'] } : undefined;
}
