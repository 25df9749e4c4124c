/**
 * A message with what the channel makes of it: who is answered, what it says, in which language.
 *
 * It is read once, at its arrival, and travels from there: to the queue, the turn, the agent and the
 * subscribers. Pure, but for remembering what was read.
 */
import type { Lang } from '../../shared/text/text.ts';
import { createBotTurns } from './bot-turns.ts';
import { type MessageContent, readMessage } from './content/content.ts';
import type { InboundMessage } from './event.ts';
import { detectLanguage } from './language.ts';
import { type Decision, decide, type PolicySettings } from './policy.ts';

export interface Inbound {
  readonly message: InboundMessage;
  readonly decision: Decision;
  readonly content: MessageContent;
  /** The language that the sender writes. */
  readonly lang: Lang;
}

export interface InboundReaderOptions {
  readonly settings: PolicySettings;
  /** The bot's open_id, as soon as it is known: the mention rule of groups needs it. */
  readonly botOpenId: () => string | undefined;
  /** For messages that show no language. */
  readonly lang: Lang;
  readonly monotonic: () => number;
}

/** Reads each message once, and once more when the bot's open_id becomes known. */
export function createInboundReader(
  options: InboundReaderOptions,
): (message: InboundMessage) => Inbound {
  // A message is one object from its arrival until its turn ends; from Redis it is read again.
  const read = new WeakMap<InboundMessage, Inbound & { readonly botOpenId: string | undefined }>();

  const botTurns = createBotTurns(options.monotonic);

  function decideOnce(message: InboundMessage, botOpenId: string | undefined): Decision {
    const decision = decide(message, options.settings, botOpenId);
    if (message.senderType === 'user') botTurns.person(message.chatId);
    else if (decision.kind === 'answer' && !botTurns.take(message))
      return { kind: 'ignore', reason: 'too-many-bot-turns' };
    return decision;
  }

  return (message) => {
    const botOpenId = options.botOpenId();
    const known = read.get(message);
    if (known && known.botOpenId === botOpenId) return known;
    const content = readMessage(message, { botOpenId, lang: options.lang });
    const inbound = {
      message,
      decision: decideOnce(message, botOpenId),
      content,
      lang: detectLanguage(content.text, options.lang),
      botOpenId,
    };
    read.set(message, inbound);
    return inbound;
  };
}
