/**
 * The value of a button: what a press says in the name of the person who presses it.
 *
 * Sealed with a key of the app, so that a press needs nothing from this process: it is understood
 * after a restart and by another gateway, and a value that was made elsewhere is refused. Pure.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../shared/json.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Text } from '../../shared/text/text.ts';

/**
 * `asked`: the person who was asked, and people who may give commands; `commanders`: the latter
 * alone; `anyone`: all people whom the bot answers in that chat.
 */
export type MayPress = 'asked' | 'commanders' | 'anyone';

/** A press of one button, as it was sealed when its card was made. */
export interface Choice {
  /** The same for all buttons of a card: one of them counts. */
  readonly cardId: string;
  readonly label: Text;
  /** The command or text of the person who presses. */
  readonly says: string;
  /** Empty if the chat was not known when the card was made: a person was written to by open_id. */
  readonly chatId: string;
  /** `unknown` where only the chat's id was known. */
  readonly chatType: 'p2p' | 'group' | 'unknown';
  readonly mayPress: MayPress;
  /** Empty if no one person was asked. */
  readonly askedOpenId: string;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** Each press counts, and the buttons stay. */
  readonly isReusable: boolean;
}

/** A sealed choice, as a card carries it. */
export type SealedChoice = {
  readonly choice: string;
  readonly seal: string;
};

const MAX_SEALED_LENGTH = 20_000;

const sealedSchema = z.object({
  choice: z.string().max(MAX_SEALED_LENGTH),
  seal: z.string().max(100),
});

const choiceSchema = z.tuple([
  z.literal(1),
  z.string().min(1),
  z.string(),
  z.string(),
  z.string().min(1),
  z.string(),
  z.enum(['p2p', 'group', 'unknown']),
  z.enum(['asked', 'commanders', 'anyone']),
  z.string(),
  z.number(),
  z.boolean(),
]);

/** The key of an app's buttons. It lasts as long as the App Secret. */
export function choiceKey(appSecret: Secret): Buffer {
  return createHmac('sha256', appSecret.reveal()).update('buttons of cards').digest();
}

export function sealChoice(choice: Choice, key: Buffer): SealedChoice {
  const { cardId, label, says, chatId, chatType, mayPress, askedOpenId } = choice;
  const { expiresAt, isReusable } = choice;
  const { en, zh } = label;
  const fields = [1, cardId, en, zh, says, chatId, chatType, mayPress, askedOpenId];
  const text = JSON.stringify([...fields, expiresAt, isReusable]);
  return { choice: text, seal: sealOf(text, key) };
}

/** The choice in a button's value; `none`: the value is of another kind; `forged`: not sealed here. */
export function openChoice(value: unknown, key: Buffer): Choice | 'none' | 'forged' {
  if (!isSealed(value)) return 'none';
  const sealed = sealedSchema.safeParse(value);
  if (!sealed.success) return 'forged';
  const expected = Buffer.from(sealOf(sealed.data.choice, key));
  const given = Buffer.from(sealed.data.seal);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'forged';
  const fields = choiceSchema.safeParse(parseJson(sealed.data.choice));
  if (!fields.success) return 'forged';
  const [, cardId, en, zh, says, chatId, chatType, mayPress, askedOpenId, ...rest] = fields.data;
  const [expiresAt, isReusable] = rest;
  return {
    cardId,
    label: { en, zh },
    says,
    chatId,
    chatType,
    mayPress,
    askedOpenId,
    expiresAt,
    isReusable,
  };
}

/** Whether a value claims to be a sealed choice. */
function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'choice' in value && 'seal' in value;
}

/** The card of a sealed value, whose seal is not checked: for finding the buttons of a card. */
export function cardIdIn(value: unknown): string | undefined {
  const sealed = sealedSchema.safeParse(value);
  const fields = choiceSchema.safeParse(parseJson(sealed.data?.choice ?? ''));
  return fields.data?.[1];
}

function sealOf(text: string, key: Buffer): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
