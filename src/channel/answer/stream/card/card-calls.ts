/**
 * The calls of CardKit, one attempt each: repetitions are decided by the card's state.
 *
 * In: a call of a card. Out: whether the platform accepted it.
 */
import { z } from 'zod';
import type { CallOptions, PlatformClient } from '../../../../platform/client/client.ts';
import { encodePath } from '../../../../platform/network/path.ts';
import { isMoltbotFeishuError } from '../../../../shared/errors.ts';
import { TOOLS_ELEMENT, toolPanel } from '../progress/tool-panel.ts';
import type { CallResult, CardCall } from './card-call.ts';
import { ANSWER_ELEMENT, type FinalForm, STATUS_ELEMENT } from './card-json.ts';

/** What a call carries beside its number. */
export interface CallContent extends FinalForm {
  /** The rendered text of a `text` call. */
  readonly markdown: string;
}

export interface CardCalls {
  /** @throws MoltbotFeishuError */
  create(card: string, signal: AbortSignal): Promise<string>;
  /** Never rejects, except with the reason of the signal. */
  make(
    cardId: string,
    call: CardCall,
    content: CallContent,
    signal: AbortSignal,
  ): Promise<CallResult>;
}

const createdSchema = z.object({ card_id: z.string().min(1) });
const nothing = z.unknown();

export function createCardCalls(client: Pick<PlatformClient, 'call'>): CardCalls {
  return {
    async create(data, signal) {
      const created = await client.call(
        {
          method: 'POST',
          path: '/open-apis/cardkit/v1/cards',
          body: { type: 'card_json', data },
          schema: createdSchema,
          family: 'card',
          safeToRepeat: false,
        },
        { signal, attempts: 1 },
      );
      return created.card_id;
    },
    async make(cardId, call, content, signal) {
      try {
        await request(client, cardId, call, content, { signal, attempts: 1 });
        return 'accepted';
      } catch (error) {
        signal.throwIfAborted();
        if (!isMoltbotFeishuError(error)) return { code: 0, isRetryable: true };
        return {
          code: error.feishuCode ?? 0,
          isRetryable: error.details.retryable === true,
          retryAfterMs: error.retryAfterMs,
        };
      }
    },
  };
}

function request(
  client: Pick<PlatformClient, 'call'>,
  cardId: string,
  call: CardCall,
  content: CallContent,
  options: CallOptions,
): Promise<unknown> {
  const { method, path, body } = requestOf(cardId, call, content);
  return client.call(
    {
      method,
      path,
      body: { ...body, sequence: call.sequence },
      schema: nothing,
      family: 'card',
      safeToRepeat: false,
    },
    options,
  );
}

interface CardRequest {
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

function requestOf(
  cardId: string,
  call: CardCall,
  { markdown, card, summary }: CallContent,
): CardRequest {
  const contentOf = (element: string, content: string): CardRequest => ({
    method: 'PUT',
    path: encodePath`/open-apis/cardkit/v1/cards/${cardId}/elements/${element}/content`,
    body: { content },
  });
  const settings = (config: object): CardRequest => ({
    method: 'PATCH',
    path: encodePath`/open-apis/cardkit/v1/cards/${cardId}/settings`,
    body: { settings: JSON.stringify({ config }) },
  });
  switch (call.kind) {
    case 'text':
      return contentOf(ANSWER_ELEMENT, markdown);
    case 'status':
      return contentOf(STATUS_ELEMENT, call.text);
    case 'tools':
      return call.isFirst
        ? {
            method: 'POST',
            path: encodePath`/open-apis/cardkit/v1/cards/${cardId}/elements`,
            body: {
              type: 'insert_before',
              target_element_id: ANSWER_ELEMENT,
              elements: JSON.stringify([toolPanel(call.text, { isOpen: true })]),
            },
          }
        : contentOf(TOOLS_ELEMENT, call.text);
    case 'reopen':
      return settings({ streaming_mode: true });
    case 'close':
      return settings({ streaming_mode: false, summary: { content: summary } });
    case 'final':
      return {
        method: 'PUT',
        path: encodePath`/open-apis/cardkit/v1/cards/${cardId}`,
        body: { card: { type: 'card_json', data: card } },
      };
  }
}
