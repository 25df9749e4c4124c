/**
 * Watches the handshakes that go through an agent: knows why one failed, and can abort one.
 *
 * The SDK does neither: it drops the error, and its `close()` does not abort a handshake, which
 * then runs until its time-out (node-sdk@1.74.0, WSClient.connect).
 */
import type http from 'node:http';
import type { PlatformClient } from '../../platform/client/client.ts';
import { lookup } from '../../platform/errors/error-table.ts';
import { networkFailure } from '../../platform/network/http.ts';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { channelError } from '../channel-errors.ts';

export interface Handshakes {
  /** Why the last handshake failed. */
  failure(client: PlatformClient): MoltbotFeishuError;
  /** Aborts the handshakes under way. */
  abort(): void;
}

/** Node's own entry for requests (`http.Agent`, lib/_http_agent.js); not in its types. */
interface AgentInternals {
  addRequest(request: http.ClientRequest, options: object): void;
}

interface Refusal {
  readonly code: number;
  readonly msg: string;
}

/** The codes of a refused handshake that say more than "refused" (docs/platform/connection.md#endpoint). */
const explainedCodes = new Set([403, 1000040350]);

export function watchHandshakes(agent: http.Agent): Handshakes {
  const requests = new Set<http.ClientRequest>();
  let refusal: Refusal | undefined;
  let firstError: unknown;
  const internals = agent as unknown as AgentInternals;
  const addRequest = internals.addRequest.bind(agent);
  internals.addRequest = (request, options) => {
    requests.add(request);
    request.once('close', () => requests.delete(request));
    request.once('upgrade', () => requests.delete(request));
    request.once('error', (error) => {
      firstError ??= error;
    });
    request.once('response', (answer) => {
      refusal = refusalOf(answer);
    });
    addRequest(request, options);
  };
  return {
    failure(client) {
      const { host } = new URL(client.endpoints.openApi);
      if (refusal) return refusedError(host, refusal);
      return firstError === undefined ? notOpenedError(host) : networkFailure(host, firstError);
    },
    abort() {
      for (const request of requests) request.destroy(new Error('the connection is closed'));
    },
  };
}

function refusalOf(answer: http.IncomingMessage): Refusal {
  const header = (name: string): string => [answer.headers[name] ?? ''].flat().join(', ');
  const code =
    Number(header('handshake-autherrcode')) ||
    Number(header('handshake-status')) ||
    (answer.statusCode ?? 0);
  return { code, msg: header('handshake-msg').slice(0, 200) };
}

function refusedError(host: string, { code, msg }: Refusal): MoltbotFeishuError {
  if (explainedCodes.has(code)) {
    const entry = lookup('ws-endpoint', code);
    const params = { code, msg };
    return new MoltbotFeishuError({
      code: entry.error,
      exitCode: ExitCode.appNotReady,
      what: localize(entry.meaning, params),
      advice: localize(entry.advice, params),
      feishuCode: code,
      details: { retryable: entry.outcome !== 'terminal' },
    });
  }
  return channelError('handshakeRefused', { host, code, msg }, { feishuCode: code });
}

function notOpenedError(host: string): MoltbotFeishuError {
  return channelError('handshakeFailed', { host }, { details: { reason: 'timeout' } });
}
