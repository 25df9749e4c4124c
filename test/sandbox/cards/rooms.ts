/** A sandbox with a clock of its own, a chat in it, and calls of CardKit by the real SDK. */
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import type { useSandboxes } from '../cleanup.ts';
import { caller } from '../http/http.ts';
import { sdkClient } from '../sdk.ts';

export const answerCard = (content = '', config: object = {}) => ({
  schema: '2.0',
  config: { update_multi: true, streaming_mode: true, summary: { content: '' }, ...config },
  header: { title: { tag: 'plain_text', content: 'Answer' } },
  body: { elements: [{ tag: 'markdown', element_id: 'answer', content }] },
});

export async function cardRoom(
  start: ReturnType<typeof useSandboxes>['start'],
  options: SandboxOptions = {},
) {
  let time = Date.now();
  // Tokens outlive every jump of the clock.
  const sandbox = await start({ now: () => time, tokenLifetimeMs: 365 * 86_400_000, ...options });
  const { chatId, messageId } = sandbox.say({ text: 'hi' });
  const call = await caller(sandbox);
  let last = 0;
  const next = (): number => {
    last += 1;
    return last;
  };
  const create = async (card: object = answerCard()): Promise<string> =>
    (await call('POST', 'cardkit/v1/cards', { type: 'card_json', data: JSON.stringify(card) })).body
      .data?.card_id;
  const send = (cardId: string, chat: string = chatId) =>
    call('POST', 'im/v1/messages?receive_id_type=chat_id', {
      receive_id: chat,
      msg_type: 'interactive',
      content: JSON.stringify({ type: 'card', data: { card_id: cardId } }),
    });
  const open = async (card: object = answerCard()) => {
    const cardId = await create(card);
    const sent = await send(cardId);
    const path = `cardkit/v1/cards/${cardId}`;
    const message: string = sent.body.data?.message_id;
    const shown = () =>
      JSON.parse(sandbox.messages({ fromBot: true }).find((m) => m.messageId === message)!.content);
    return {
      cardId,
      message,
      path,
      shown,
      write: (content: string, more: object = {}) =>
        call('PUT', `${path}/elements/answer/content`, { content, sequence: next(), ...more }),
      settings: (config: object, more: object = {}) =>
        call('PATCH', `${path}/settings`, {
          settings: JSON.stringify({ config }),
          sequence: next(),
          ...more,
        }),
      add: (elements: object[], more: object = {}) =>
        call('POST', `${path}/elements`, {
          type: 'append',
          elements: JSON.stringify(elements),
          sequence: next(),
          ...more,
        }),
      put: (card: object, more: object = {}) =>
        call('PUT', path, {
          card: { type: 'card_json', data: JSON.stringify(card) },
          sequence: next(),
          ...more,
        }),
    };
  };
  return {
    sandbox,
    chatId,
    messageId,
    call,
    create,
    send,
    open,
    next,
    sdk: sdkClient(sandbox).cardkit.v1,
    pass(ms: number) {
      time += ms;
    },
  };
}
