/** How unknown senders get approved: the host keeps the approvals, if there is one. */
import type { InboundMessage } from './event.ts';

export interface Pairing {
  /** The approved open_ids beside `allowFrom`; read for each message, so changes apply at once. */
  approved(): Promise<readonly string[]>;
  /** Requests approval for a sender. @returns the text for them, or nothing if they have it */
  request(message: InboundMessage): Promise<string | undefined>;
}

/** File beside the inbox: people who wait for approval (`src/host/people/pairing-requests.ts`). */
export const PAIRING_REQUESTS_FILE = 'pairing.json';
