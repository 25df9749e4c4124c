/** A long connection to a sandbox, and what it told. */
import { EventEmitter, once } from 'node:events';
import {
  type ConnectionState,
  type LongConnection,
  type LongConnectionOptions,
  openLongConnection,
} from '../../../src/channel/connection/connection.ts';
import { createPlatformClient } from '../../../src/platform/client/client.ts';
import { Secret } from '../../../src/shared/secret.ts';
import { cleanUp, type LogLine, recordingLog } from '../harness.ts';

export const quick = {
  lostMs: 10,
  baseMs: 10,
  longestMs: 50,
  terminalMs: 20,
  longestTerminalMs: 50,
};

export interface Line {
  readonly connection: LongConnection;
  readonly states: ConnectionState[];
  readonly events: unknown[];
  readonly logs: LogLine[];
  /** Waits for a state, past those that were waited for before. A state may last but a moment. */
  is(state: ConnectionState['state']): Promise<void>;
}

export function lineTo(
  sandbox: { readonly url: string; readonly appId?: string; readonly appSecret?: string },
  options: Partial<LongConnectionOptions> & {
    readonly appSecret?: Secret;
    readonly appId?: string;
  } = {},
): Line {
  const states: ConnectionState[] = [];
  const events: unknown[] = [];
  const logs: LogLine[] = [];
  const arrivals = new EventEmitter();
  let seen = 0;
  const { appId = sandbox.appId ?? 'cli_0123456789abcdef', env = {} } = options;
  const { appSecret = new Secret(sandbox.appSecret ?? 'a-secret') } = options;
  const log = recordingLog(logs);
  const connection = openLongConnection({
    client: createPlatformClient({
      appId,
      appSecret,
      domain: sandbox.url,
      env,
      log,
      retry: { attempts: 1, baseMs: 1 },
    }),
    log,
    backoff: quick,
    ...options,
    onEvent: async (event) => {
      events.push(event);
      await options.onEvent?.(event);
    },
    onState: (state) => {
      states.push(state);
      arrivals.emit('state');
    },
  });
  cleanUp(() => connection.close());
  return {
    connection,
    states,
    events,
    logs,
    async is(state) {
      for (;;) {
        const at = states.findIndex((past, index) => index >= seen && past.state === state);
        seen = at === -1 ? seen : at + 1;
        if (at !== -1) return;
        await once(arrivals, 'state');
      }
    },
  };
}
