/** Faults that CardKit's calls meet once, named by the step of a streamed answer. */

import { isFields } from '../../shared/fields.ts';
import type { FaultRule } from '../state/faults.ts';
import { type CardKitCode, cardFault, cardKitTexts, messageRefusal } from './card-faults.ts';

/** The calls of a streamed answer. */
export const cardSteps = [
  'create',
  'send',
  'content',
  'settings',
  'elements',
  'update',
  'batch',
] as const;
export type CardStep = (typeof cardSteps)[number];

export interface CardFailure {
  readonly step: CardStep;
  /** A code of CardKit; sending wraps it in 230099. */
  readonly code: CardKitCode | 230020;
  /** How many calls of the step go well before. */
  readonly after?: number | undefined;
  /** How many calls fail; 1 unless given. */
  readonly times?: number | undefined;
}

const card = '/cardkit/v1/cards/[^/]+';
const calls: Readonly<Record<CardStep, { readonly method?: string; readonly path: RegExp }>> = {
  create: { method: 'POST', path: /\/cardkit\/v1\/cards$/ },
  send: { method: 'POST', path: /\/im\/v1\/messages(?:\/[^/]+\/reply)?$/ },
  content: { method: 'PUT', path: new RegExp(`${card}/elements/[^/]+/content$`) },
  settings: { method: 'PATCH', path: new RegExp(`${card}/settings$`) },
  elements: { path: new RegExp(`${card}/elements(?:/[^/]+)?$`) },
  update: { method: 'PUT', path: new RegExp(`${card}$`) },
  batch: { method: 'POST', path: new RegExp(`${card}/batch_update$`) },
};

export function ruleFor({ step, code, after, times = 1 }: CardFailure): FaultRule {
  const msg = code === 230020 ? 'This operation triggers the frequency limit.' : cardKitTexts[code];
  const { body } = messageRefusal(cardFault(code, msg));
  const wrapped = step === 'send' && code !== 230020 && isFields(body);
  return {
    match: calls[step],
    times,
    ...(after !== undefined && { after }),
    do: {
      kind: 'code',
      ...(wrapped ? { code: 230099, msg: String(body.msg) } : { code, msg }),
    },
  };
}

/** The codes that a failure can have. */
export const cardFailureCodes: readonly number[] = [
  ...Object.keys(cardKitTexts).map(Number),
  230020,
];
