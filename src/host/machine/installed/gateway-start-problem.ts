/** Finds host settings that keep the gateway from starting, without a start of it. Pure. */
import type { HostName } from '../../../config/locate.ts';
import { type LocalizedText, localize, type Text } from '../../../shared/text/text.ts';
import type { HostSettings } from './host-facts.ts';

export interface GatewayStartProblem {
  /** The key that is missing or wrong, in words. */
  readonly problem: LocalizedText;
  /** The host's command that sets everything that lacks, by questions. */
  readonly command: string;
  /** The same without questions. */
  readonly commands: string;
}

/**
 * `undefined` where nothing is in the way.
 *
 * Clawdbot needs no authentication on loopback (clawdbot@2026.1.24-3 gateway/auth), OpenClaw makes a
 * token of its own (openclaw@2026.9.6); Moltbot 2026.1.29 refuses to start without one.
 *
 * @param env holds the token where the config does not
 */
export function gatewayStartProblem(
  { gateway = {} }: HostSettings,
  host: HostName,
  env: Readonly<Record<string, string | undefined>>,
): GatewayStartProblem | undefined {
  const { mode, auth = {} } = gateway;
  const lacksMode = mode !== 'local';
  const lacksAuth = lacksCredential(auth, host, env);
  if (!lacksMode && !lacksAuth) return undefined;
  const kind = auth.mode === 'password' ? 'password' : 'token';
  const commands = [
    ...(lacksMode ? [`${host} config set gateway.mode local`] : []),
    ...(lacksAuth ? [`${host} config set gateway.auth.${kind} YOUR-${kind.toUpperCase()}`] : []),
  ];
  return {
    problem: lacksMode ? modeProblem(mode) : localize(texts[kind]),
    command: `${host} onboard`,
    commands: commands.join(' && '),
  };
}

function modeProblem(mode: string | undefined): LocalizedText {
  return mode === undefined ? localize(texts.noMode) : localize(texts.otherMode, { mode });
}

const texts = {
  noMode: { en: 'gateway.mode is not set', zh: 'gateway.mode 未设置' },
  otherMode: {
    en: 'gateway.mode is {mode} and not local',
    zh: 'gateway.mode 为 {mode}，而非 local',
  },
  token: { en: 'gateway.auth has no token', zh: 'gateway.auth 缺少令牌' },
  password: { en: 'gateway.auth has no password', zh: 'gateway.auth 缺少密码' },
} as const satisfies Record<string, Text>;

function lacksCredential(
  auth: NonNullable<NonNullable<HostSettings['gateway']>['auth']>,
  host: HostName,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const names = host === 'openclaw' ? ['OPENCLAW'] : ['CLAWDBOT', 'MOLTBOT'];
  const has = (kind: 'token' | 'password') =>
    auth[kind] !== undefined || names.some((name) => env[`${name}_GATEWAY_${kind.toUpperCase()}`]);
  switch (auth.mode) {
    case 'password':
      return !has('password');
    case 'token':
      return host !== 'openclaw' && !has('token');
    case undefined:
      return host === 'moltbot' && !has('token') && !has('password');
    default:
      return false;
  }
}
