/** Asks whether this app may open a long connection, and at which URL; classifies the answers. */
import { z } from 'zod';
import { ExitCode, isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import type { ConsoleLinks } from '../address/console-links.ts';
import { malformed, parsePart } from '../network/answer.ts';
import { platformError } from '../platform-errors.ts';

export interface WsEndpoint {
  /** ws(s) URL; its query carries a ticket: not for logs. */
  readonly url: string;
  /** The settings that the platform asks for; a count of −1 means no limit. */
  readonly clientConfig: {
    readonly reconnectCount: number;
    readonly reconnectIntervalS: number;
    readonly reconnectNonceS: number;
    readonly pingIntervalS: number;
  };
}

/** The answer to wrong credentials and to an unpublished app alike (docs/platform/connection.md#endpoint). */
const doubtfulCodes = new Set([514, 1000040344, 1000040345]);

const count = (fallback: number) => z.number().catch(fallback);

/** ClientConfig may be missing: then the SDK's own defaults hold (node-sdk@1.74.0). */
const endpointAnswer = z.object({
  URL: z.string().min(1),
  ClientConfig: z
    .object({
      ReconnectCount: count(-1),
      ReconnectInterval: count(120),
      ReconnectNonce: count(30),
      PingInterval: count(120),
    })
    .catch({ ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30, PingInterval: 120 }),
});

export interface WsEndpointAccess {
  readonly host: string;
  /** Over https: then the long connection is encrypted, too. */
  readonly isSecure: boolean;
  readonly links: ConsoleLinks;
  /** Runs an attempt again where its error is worth repeating. */
  readonly retry: <T>(attempt: () => Promise<T>) => Promise<T>;
  readonly ask: () => Promise<Record<string, unknown>>;
  /** Returns when the platform took the credentials, now or before; else throws why not. */
  readonly proveCredentials: () => Promise<void>;
}

/**
 * @throws MoltbotFeishuError `credentials-rejected` only where the token endpoint refuses them too
 *   or cannot be asked; `app-not-ready` where they are right; `too-many-connections`; the
 *   transport's errors
 */
export async function askWsEndpoint(access: WsEndpointAccess): Promise<WsEndpoint> {
  const envelope = await access.retry(() => askOnce(access));
  const { URL: url, ClientConfig: config } = parsePart(
    access.host,
    'data',
    endpointAnswer,
    envelope.data,
  );
  if (!/^wss?:\/\/[^#]*$/i.test(url) || !URL.canParse(url)) {
    throw malformed(access.host, 'data.URL is not a WebSocket URL');
  }
  // Messages must not travel unencrypted where all other calls are encrypted.
  if (access.isSecure && new URL(url).protocol !== 'wss:') {
    throw malformed(
      access.host,
      'data.URL is not encrypted (ws://), and the platform is (https://)',
    );
  }
  return {
    url,
    clientConfig: {
      reconnectCount: config.ReconnectCount,
      reconnectIntervalS: config.ReconnectInterval,
      reconnectNonceS: config.ReconnectNonce,
      pingIntervalS: config.PingInterval,
    },
  };
}

async function askOnce(access: WsEndpointAccess): Promise<Record<string, unknown>> {
  try {
    return await access.ask();
  } catch (error) {
    if (!isDoubtful(error)) throw error;
    try {
      await access.proveCredentials();
    } catch (proof) {
      // Only the token endpoint proves credentials wrong; without it, the first error counts.
      if (isMoltbotFeishuError(proof) && isAboutApp(proof)) throw proof;
      throw error;
    }
  }
  // The credentials are right. 1000040345 may also be a passing limit, so the call is made again.
  try {
    return await access.ask();
  } catch (error) {
    if (isDoubtful(error)) throw notReady(error, access.links);
    throw error;
  }
}

/** A doubtful code, or the bare HTTP 400 that a refused app gets from the endpoint (docs/platform/connection.md#endpoint). */
function isDoubtful(error: unknown): error is MoltbotFeishuError {
  if (!isMoltbotFeishuError(error)) return false;
  if (error.feishuCode !== undefined) return doubtfulCodes.has(error.feishuCode);
  return error.code === 'platform-error' && error.details.status === 400;
}

function isAboutApp(error: MoltbotFeishuError): boolean {
  return error.exitCode !== ExitCode.unavailable;
}

function notReady(refusal: MoltbotFeishuError, links: ConsoleLinks): MoltbotFeishuError {
  const params = { code: refusal.feishuCode ?? 'HTTP 400', msg: String(refusal.details.msg ?? '') };
  const { feishuCode, logId } = refusal;
  const details = { family: 'ws-endpoint', credentialsProven: true };
  return platformError('endpointRefused', params, {
    url: links.versions,
    feishuCode,
    logId,
    details,
  });
}
