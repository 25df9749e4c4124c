/** The events of an account. They carry the whole message; each subscriber decides what to show of it. */
import type { MoltbotFeishuError } from '../shared/errors.ts';
import type { ConnectionState } from './connection/connection.ts';
import type { InboxStatus } from './inbox/inbox.ts';
import type { ChatNotice } from './message/chat-notice.ts';
import type { MessageContent } from './message/content/content.ts';
import type { InboundMessage } from './message/event.ts';

interface BotName {
  readonly name: string;
  readonly openId: string;
}

/** Each `received` is followed by exactly one of `answered`, `ignored` and `error`, unless it is stopped before. */
export type AccountEvent =
  /** Sent once, when the connection is up. `bot` is absent if it is not known in time. */
  | { readonly event: 'ready'; readonly account: string; readonly bot?: BotName }
  | {
      readonly event: 'state';
      readonly account: string;
      readonly state: ConnectionState['state'];
      readonly error?: MoltbotFeishuError | undefined;
    }
  | {
      readonly event: 'received';
      readonly account: string;
      readonly message: InboundMessage;
      readonly content: MessageContent;
    }
  | {
      readonly event: 'ignored';
      readonly account: string;
      readonly message: InboundMessage;
      readonly content: MessageContent;
      readonly reason: string;
    }
  | {
      readonly event: 'answered';
      readonly account: string;
      readonly message: InboundMessage;
      /** Messages that the answer became. */
      readonly parts: number;
      /** From the start of the turn to its last message (ms). */
      readonly ms: number;
    }
  /** Something that starts no turn: a recall, an edit, a reaction, the bot's coming and going. */
  | { readonly event: 'notice'; readonly account: string; readonly notice: ChatNotice }
  /** News about a healthy inbox. */
  | {
      readonly event: 'inbox';
      readonly account: string;
      /**
       * `left-over`: an earlier run left messages, answered now. `shared`: another process
       * owns it; this one hands its messages over. `taken-over`: that one has stopped; this one owns it.
       * `well-again`: the inbox keeps messages again.
       */
      readonly is: 'left-over' | 'shared' | 'taken-over' | 'well-again';
      /** How many were left. */
      readonly waiting?: number;
    }
  | {
      readonly event: 'error';
      readonly account: string;
      readonly message?: InboundMessage;
      readonly error: MoltbotFeishuError;
    };

export interface AccountStatus {
  readonly id: string;
  readonly appId: string;
  readonly state: ConnectionState['state'];
  /** When the state began (ms since 1970). */
  readonly since: number;
  readonly error?: MoltbotFeishuError | undefined;
  readonly bot?: BotName | undefined;
  /** Messages that wait for their turn. */
  readonly waiting: number;
  readonly running: number;
  readonly lastEventAt?: number | undefined;
  readonly lastAnswerAt?: number | undefined;
  /** Absent where the account could not be started. */
  readonly inbox?: InboxStatus | undefined;
}
