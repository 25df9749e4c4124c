/** A press of a button of a card, as the receiver of events needs it. */
import type { EventAnswer } from '../connection/platform-event.ts';
import type { InboundMessage } from '../message/event.ts';

/** What became of the message of a press; `full`: it could not be stored. */
export type Stored = 'new' | 'duplicate' | 'full';

export type Press =
  | { readonly kind: 'refused'; readonly answer: EventAnswer }
  | {
      readonly kind: 'accepted';
      /** What the person says by pressing. */
      readonly message: InboundMessage;
      readonly answer: (stored: Stored) => EventAnswer;
    };
