/** im/v1/messages: edit, patch a card, recall (docs/platform/messages.md). */

import { CARD_PATCH_WINDOW_MS, EDITS_PER_MESSAGE } from '../../../platform/limits.ts';
import { isFields } from '../../../shared/fields.ts';
import type { CardEntities } from '../../cards/card-entities.ts';
import { kitFault, messageRefusal } from '../../cards/card-faults.ts';
import type { MarkdownRules } from '../../cards/markdown-rules.ts';
import { type Answer, fieldViolation, invalidParameter, ok, refusal } from '../../http/answers.ts';
import { type AppCall, jsonBody, parseObject, type Route, stringField } from '../../http/call.ts';
import type { RateLimits } from '../../http/rate-limits.ts';
import type { SandboxApp } from '../../state/app-state.ts';
import type { ChatStore, StoredMessage } from '../../state/chats.ts';
import { scopeRules } from '../../state/scopes.ts';
import type { Tenant } from '../../state/tenant.ts';
import { refusalForContent } from './message-content.ts';
import { messageItem } from './message-item.ts';

export interface MessageApiOptions {
  readonly chats: ChatStore;
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly now: () => number;
  readonly limits: RateLimits;
  readonly entities: CardEntities;
  readonly tenant: Tenant;
  /** Recalls a message, and reports it to the apps. */
  readonly recall: (message: StoredMessage) => void;
}

export function messageRoutes(options: MessageApiOptions): readonly Route[] {
  const { chats, entities, now, recall, limits, tenant } = options;

  const rulesOf = ({ chatId }: StoredMessage): MarkdownRules => ({
    allowsAtAll: chats.chats.get(chatId)?.allowsAtAll ?? true,
  });

  /** The message that a call names, if this app's bot may see it. */
  function named({ app, params }: AppCall): StoredMessage | Answer {
    const message = chats.get(params.message_id ?? '');
    if (!message) return invalidParameter('invalid message_id');
    if (!isMember(chats, app, message.chatId))
      return refusal(230002, 'The bot can not be outside the group.');
    return message;
  }

  /** The message named in the call, if the bot wrote it and it was not deleted; else a refusal. */
  function own(call: AppCall, notOwn: Answer = notTheSender()): StoredMessage | Answer {
    const message = named(call);
    if ('status' in message) return message;
    if (message.deleted) return refusal(230110, 'The message has been deleted.');
    return message.senderId === call.app.appId ? message : notOwn;
  }

  const isOlder = ({ createTime }: StoredMessage, window: number): boolean =>
    now() - createTime > window;

  return [
    {
      method: 'PUT',
      path: '/open-apis/im/v1/messages/:message_id',
      access: 'app',
      scopes: scopeRules.edit,
      handle: (call) => {
        const message = own(call);
        if ('status' in message) return message;
        const body = jsonBody(call);
        if (!body) return fieldViolation('body', 'the body is not JSON');
        const msgType = stringField(body, 'msg_type');
        if (!['text', 'post'].includes(message.msgType) || msgType !== message.msgType) {
          return refusal(230054, 'This operation is not supported for this message type.');
        }
        if (message.edits >= EDITS_PER_MESSAGE) {
          return refusal(230072, 'The message has reached the number of times it can be edited.');
        }
        if (isOlder(message, tenant.editWindowMs)) {
          return refusal(230075, 'The time for editing the message is over.');
        }
        const refused = refusalForContent(msgType, body.content, { allowsAtAll: true });
        if (refused) return refused;
        return changed(options, message, String(body.content));
      },
    },
    {
      method: 'PATCH',
      path: '/open-apis/im/v1/messages/:message_id',
      access: 'app',
      scopes: scopeRules.edit,
      handle: (call) => {
        const message = own(call);
        if ('status' in message) return message;
        if (message.msgType !== 'interactive') {
          return refusal(230054, 'This operation is not supported for this message type.');
        }
        if (isOlder(message, CARD_PATCH_WINDOW_MS)) {
          return refusal(230031, 'Only messages sent within 14 days can be updated.');
        }
        const content = jsonBody(call)?.content;
        const refused =
          limits.takePatch(message.messageId) ??
          refusalForContent('interactive', content, rulesOf(message));
        if (refused) return refused;
        if (!isShared(message.content) || !isShared(String(content))) {
          return messageRefusal(kitFault(300302));
        }
        entities.show(message, String(content));
        return ok({});
      },
    },
    {
      method: 'DELETE',
      path: '/open-apis/im/v1/messages/:message_id',
      access: 'app',
      scopes: scopeRules.recall,
      handle: (call) => {
        const message = own(call, refusal(230026, 'No permission to recall this message.'));
        if ('status' in message) return message;
        if (isOlder(message, tenant.recallWindowMs)) {
          return refusal(230009, 'The message is too old to be recalled.');
        }
        recall(message);
        return ok({});
      },
    },
  ];
}

function notTheSender(): Answer {
  return refusal(230071, 'The operator is not the sender of the message.');
}

/** A card 2.0 is shared; a card 1.0 says so. Only shared cards can be patched. */
function isShared(content: string): boolean {
  const card = parseObject(content);
  if (card?.schema === '2.0' || card?.type === 'template') return true;
  return isFields(card?.config) && card.config.update_multi === true;
}

function changed(options: MessageApiOptions, message: StoredMessage, content: string): Answer {
  const edits = message.edits + 1;
  const after = options.chats.change(message.messageId, { content, edits });
  return ok(messageItem(after ?? message, options));
}

export function isMember(chats: ChatStore, app: SandboxApp, chatId: string): boolean {
  return chats.chats.get(chatId)?.appIds.has(app.appId) === true;
}
