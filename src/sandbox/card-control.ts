/** Control calls about cards, time and limits: the table is at the head of `control.ts`. */
import { z } from 'zod';
import { type CardFailure, cardFailureCodes, cardSteps } from './cards/card-failures.ts';
import type { Sandbox } from './contract.ts';
import { taking } from './http/taking.ts';

const count = z.number().int().min(0);
const limit = z.number().positive().exactOptional();

const failure: z.ZodType<CardFailure> = z.strictObject({
  step: z.enum(cardSteps),
  code: z.custom<CardFailure['code']>((code) => cardFailureCodes.includes(Number(code))),
  after: count.exactOptional(),
  times: count.min(1).exactOptional(),
});

type Controlled = Pick<
  Sandbox,
  | 'failCard'
  | 'seen'
  | 'advance'
  | 'time'
  | 'limitRates'
  | 'changeTenant'
  | 'interact'
  | 'allowAtAll'
>;

export function cardActions(
  sandbox: Controlled,
): Readonly<Record<string, (input: unknown) => unknown>> {
  const time = (): object => ({ time: sandbox.time() });
  return {
    'POST card-failure': taking(failure, (input) => void sandbox.failCard(input)),
    'GET seen': taking(z.object({ chatId: z.string().exactOptional() }), ({ chatId }) => ({
      messages: sandbox.seen(chatId),
    })),
    'GET clock': time,
    'POST clock': taking(z.strictObject({ advanceMs: count }), ({ advanceMs }) => {
      sandbox.advance(advanceMs);
      return time();
    }),
    'POST limits': taking(
      z.strictObject({
        platform: z.boolean().exactOptional(),
        perChatPerSecond: limit,
        perAppPerSecond: limit,
        perAppPerMinute: limit,
        perApiPerSecond: limit,
        perApiPerMinute: limit,
        perCardPerSecond: limit,
        perCardEntityPerSecond: limit,
      }),
      (limits) => sandbox.limitRates(limits),
    ),
    'POST tenant': taking(
      z.strictObject({
        editWindowMs: count.exactOptional(),
        recallWindowMs: count.exactOptional(),
      }),
      (changes) => sandbox.changeTenant(changes),
    ),
    'POST interact': taking(
      z.strictObject({ messageId: z.string(), isBusy: z.boolean() }),
      ({ messageId, isBusy }) => sandbox.interact(messageId, isBusy),
    ),
    'POST at-all': taking(
      z.strictObject({ chatId: z.string(), isAllowed: z.boolean() }),
      ({ chatId, isAllowed }) => sandbox.allowAtAll(chatId, isAllowed),
    ),
  };
}
