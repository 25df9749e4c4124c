/**
 * What is wrong with a card, in the platform's words
 * (docs/platform/media-and-cards.md#when-a-card-is-refused).
 */
import { type Answer, refusal } from '../http/answers.ts';

/** The codes that CardKit answers itself, all with HTTP 400. */
export const cardKitTexts = {
  10002: 'Your request contains an invalid request parameter.',
  200220: 'Failed to generate card content',
  200510: 'Card streaming timeout',
  200740: 'The card entity does not exist',
  200750: 'The card entity has expired',
  200770: 'UUID conflict',
  200810: 'The card is in an ongoing interaction and cannot be updated',
  200850: 'Card streaming timeout',
  200860: 'Card content exceeds limit.',
  300120: 'Server Internal Error',
  300121: 'Failed to replace element',
  300122: 'Failed to update card configuration',
  300301: 'Duplicate element_id in card component.',
  300302: 'update_multi property is false',
  300303: 'Only schema 2.0 is supported',
  300305: 'The number of card components exceeds 200',
  300307: 'The card DSL is empty',
  300309: 'Card streaming closed',
  300310: 'Only update text',
  300311: 'The current application does not have permission to update/use this card',
  300312: 'Unable to update element tag',
  300313: 'Failed to update element properties',
  300314: 'Failed to delete element',
  300315: 'Failed to add element',
  300317: 'The sequence number for operating on the card did not increment consecutively',
} as const;

export type CardKitCode = keyof typeof cardKitTexts;

/** One thing that the platform refuses a card for. */
export interface CardFault {
  readonly code: number;
  readonly message: string;
}

export function cardFault(code: number, message: string, path?: string): CardFault {
  return { code, message: path === undefined ? message : `${message}; ErrPath: ${path}` };
}

/** A card that does not fit the declared components. */
export function unreadable(detail: string, path: string): CardFault {
  return cardFault(
    200621,
    `parse card json err, please check whether the card json is correct; ErrorValue: ${detail}`,
    path,
  );
}

/** The fault of a card that CardKit has a code of its own for. */
export function kitFault(code: CardKitCode): CardFault {
  return { code, message: cardKitTexts[code] };
}

export function isCardKitCode(code: number): code is CardKitCode {
  return Object.hasOwn(cardKitTexts, code);
}

/** How CardKit refuses: by its own code, or by the code of the operation with the fault in the text. */
export function cardKitRefusal(code: CardKitCode, fault?: CardFault): Answer {
  if (!fault) return refusal(code, cardKitTexts[code]);
  if (isCardKitCode(fault.code)) return refusal(fault.code, cardKitTexts[fault.code]);
  return refusal(code, `${cardKitTexts[code]}, ${asExt(fault)}`);
}

/** How im/v1/messages refuses a card: 230099 with the fault in the text. */
export function messageRefusal(fault: CardFault): Answer {
  return refusal(230099, `Failed to create card content, ${asExt(fault)}`);
}

function asExt({ code, message }: CardFault): string {
  return `ext=ErrCode: ${code}; ErrMsg: ${message}; `;
}
