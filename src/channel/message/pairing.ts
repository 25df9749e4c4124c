/** How a stranger may be let in: kept by a host, or by nobody. */
import type { InboundMessage } from './event.ts';

export interface Pairing {
  /** The open_ids let in beside `allowFrom`; asked for each message, so that it counts at once. */
  approved(): Promise<readonly string[]>;
  /** Asks for a stranger to be let in; the text to tell them, or nothing where they know already. */
  request(message: InboundMessage): Promise<string | undefined>;
}

/** Beside the inbox: whoever has asked and is still to be told (`src/host/people/waiting-people.ts`). */
export const WAITING_FILE = 'pairing.json';
