/** interactive/v1/card/update: a card is changed after a click was answered, by the token of the click. */
import { isFields } from '../../../shared/fields.ts';
import type { CardEntities } from '../../cards/card-entities.ts';
import { cardKitRefusal } from '../../cards/card-faults.ts';
import type { ClickTokens } from '../../cards/click-tokens.ts';
import { ok } from '../../http/answers.ts';
import { jsonBody, type Route, stringField } from '../../http/call.ts';
import type { ChatStore } from '../../state/chats.ts';
import { scopeRules } from '../../state/scopes.ts';
import { refusalForContent } from './message-content.ts';

export interface DelayedUpdateOptions {
  readonly chats: ChatStore;
  readonly entities: CardEntities;
  readonly tokens: ClickTokens;
}

export function delayedUpdateRoutes(options: DelayedUpdateOptions): readonly Route[] {
  const { chats, entities, tokens } = options;
  return [
    {
      method: 'POST',
      path: '/open-apis/interactive/v1/card/update',
      access: 'app',
      scopes: scopeRules.edit,
      handle: (call) => {
        const body = jsonBody(call) ?? {};
        if (!isFields(body.card)) return cardKitRefusal(10002);
        const { open_ids: _, ...card } = body.card;
        const content = JSON.stringify(card);
        const used = tokens.take(stringField(body, 'token'), call.app.appId);
        const message = chats.get(used?.messageId ?? '');
        if (!used || !message || message.deleted) return cardKitRefusal(10002);
        const allowsAtAll = chats.chats.get(message.chatId)?.allowsAtAll ?? true;
        const refused = refusalForContent('interactive', content, { allowsAtAll });
        if (refused) return refused;
        if (!used.isAnswered) used.undo ??= message.content;
        entities.show(message, content);
        return ok({});
      },
    },
  ];
}
