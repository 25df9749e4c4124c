/**
 * The account's state as the host shows it while it runs: what was last received, answered, and the
 * line's own state with its age. "Running" alone would mean no more than that a process lives.
 */
import type { AccountEvent, AccountStatus } from '../../channel/account-event.ts';
import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { visible } from '../../shared/terminal/visible.ts';
import type { AccountSnapshot, GatewayContext } from '../contract.ts';
import { describeError, type Say } from './host-language.ts';

export interface LiveState {
  /** Takes over what an event means for the account's state. */
  record(event: AccountEvent, status: AccountStatus | undefined): void;
  /** The agent has ended a turn: the words of its failure, `undefined` where it answered. */
  recordAgentTurn(failure: string | undefined): void;
  /** The door is closed, and why. */
  recordClosed(error: MoltbotFeishuError): void;
}

export function createLiveState(
  { accountId, setStatus }: Pick<GatewayContext, 'accountId' | 'setStatus'>,
  { say, now }: { readonly say: Say; readonly now: () => number },
): LiveState {
  const set = (patch: Readonly<Record<string, unknown>>): void =>
    setStatus({ accountId, ...patch });
  set({ running: true, connected: false, connection: 'connecting', lastError: null });

  let hasFailed = false;

  return {
    recordAgentTurn(failure) {
      if (failure !== undefined) set({ lastAgentFailure: { at: now(), error: failure } });
      else if (hasFailed) set({ lastAgentFailure: null });
      hasFailed = failure !== undefined;
    },
    recordClosed: (error) =>
      set({ connected: false, connection: 'closed', lastError: describeError(error, say) }),
    record(event, status) {
      const queue = {
        waiting: status?.waiting ?? 0,
        turns: status?.running ?? 0,
        parked: status?.inbox?.parked.length ?? 0,
      };
      switch (event.event) {
        case 'ready':
          set({ ...queue, connected: true, ...(event.bot && { bot: botOf(event.bot) }) });
          return;
        case 'state':
          set({ ...queue, ...lineOf(event, now()) });
          return;
        case 'received':
          set({ ...queue, lastInboundAt: now(), lastEventAt: now() });
          return;
        case 'answered':
          set({ ...queue, lastOutboundAt: now() });
          return;
        case 'ignored':
          set({ ...queue, lastIgnored: { at: now(), reason: event.reason } });
          return;
        case 'inbox':
        case 'notice':
          set(queue);
          return;
        case 'error':
          set({ ...queue, lastError: describeError(event.error, say) });
          return;
        default:
          event satisfies never;
      }
    },
  };

  function lineOf(
    { state, error }: Extract<AccountEvent, { event: 'state' }>,
    at: number,
  ): Readonly<Record<string, unknown>> {
    const common = { connection: state, connectionSince: at };
    if (state === 'connected') {
      return { ...common, connected: true, lastConnectedAt: at, lastError: null };
    }
    return {
      ...common,
      connected: false,
      ...(error && {
        lastError: describeError(error, say),
        lastDisconnect: { at, error: describeError(error, say) },
      }),
    };
  }
}

function botOf(bot: { readonly name: string; readonly openId: string }): AccountSnapshot['bot'] {
  return { username: visible(bot.name), openId: visible(bot.openId) };
}
