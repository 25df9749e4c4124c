/** im/v1/messages: edit, patch a card, recall (docs/platform/messages.md). */
import { CARD_PATCH_WINDOW_MS, EDITS_PER_MESSAGE } from '../../platform/limits.ts';
import { type Answer, fieldViolation, invalidParameter, ok, refusal } from '../http/answers.ts';
import { type AppCall, jsonBody, type Route, stringField } from '../http/call.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import type { SandboxApp } from '../state/app-state.ts';
import type { ChatStore, StoredMessage } from '../state/chats.ts';
import { scopeRules } from '../state/scopes.ts';
import { refusalForContent } from './message-content.ts';
import { messageItem } from './message-item.ts';

export interface MessageApiOptions {
  readonly chats: ChatStore;
  readonly apps: ReadonlyMap<string, SandboxApp>;
  readonly now: () => number;
  readonly limits: RateLimits;
  /** Recalls a message, and reports it to the apps. */
  readonly recall: (message: StoredMessage) => void;
}

export function messageRoutes(options: MessageApiOptions): readonly Route[] {
  const { chats, now, recall, limits } = options;

  /** The message that a call names, if this app's bot may see it. */
  function named({ app, params }: AppCall): StoredMessage | Answer {
    const message = chats.get(params.message_id ?? '');
    if (!message) return invalidParameter('invalid message_id');
    if (!isMember(chats, app, message.chatId))
      return refusal(230002, 'The bot can not be outside the group.');
    return message;
  }

  /** The message named in the call, if the bot wrote it and it was not deleted; else a refusal. */
  function own(call: AppCall): StoredMessage | Answer {
    const message = named(call);
    if ('status' in message) return message;
    if (message.deleted) return refusal(230110, 'The message has been deleted.');
    if (message.senderId === call.app.appId) return message;
    return refusal(230071, 'The operator is not the sender of the message.');
  }

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
        const refused = refusalForContent(msgType, body.content);
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
        if (now() - message.createTime > CARD_PATCH_WINDOW_MS) {
          return refusal(230031, 'Only messages sent within 14 days can be updated.');
        }
        const content = jsonBody(call)?.content;
        const refused =
          limits.takePatch(message.messageId) ?? refusalForContent('interactive', content);
        if (refused) return refused;
        changed(options, message, String(content));
        return ok({});
      },
    },
    {
      method: 'DELETE',
      path: '/open-apis/im/v1/messages/:message_id',
      access: 'app',
      scopes: scopeRules.recall,
      handle: (call) => {
        const message = own(call);
        if ('status' in message) return message;
        recall(message);
        return ok({});
      },
    },
  ];
}

function changed(options: MessageApiOptions, message: StoredMessage, content: string): Answer {
  const edits = message.edits + 1;
  const after = options.chats.change(message.messageId, { content, edits });
  return ok(messageItem(after ?? message, options));
}

export function isMember(chats: ChatStore, app: SandboxApp, chatId: string): boolean {
  return chats.chats.get(chatId)?.appIds.has(app.appId) === true;
}
