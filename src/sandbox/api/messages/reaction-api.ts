/** im/v1/messages/:id/reactions: add, list, remove. */
import { isFields } from '../../../shared/fields.ts';
import { type Answer, invalidParameter, ok, refusal } from '../../http/answers.ts';
import { type AppCall, jsonBody, type Route, stringField } from '../../http/call.ts';
import type { ChatStore, Reaction, StoredMessage } from '../../state/chats.ts';
import { emojiTypes } from '../../state/emoji-types.ts';
import { newId } from '../../state/ids.ts';
import { scopeRules } from '../../state/scopes.ts';
import { isMember } from './message-api.ts';

export interface ReactionApiOptions {
  readonly chats: ChatStore;
  readonly now: () => number;
  /** Adds or removes a reaction, and reports it to the apps. */
  readonly change: (
    message: StoredMessage,
    reaction: Reaction,
    change: 'created' | 'deleted',
  ) => void;
}

export function reactionRoutes({ chats, now, change }: ReactionApiOptions): readonly Route[] {
  const path = '/open-apis/im/v1/messages/:message_id/reactions';

  function named({ app, params }: AppCall): StoredMessage | Answer {
    const message = chats.get(params.message_id ?? '');
    if (!message) return refusal(231003, 'The message is invalid.');
    if (message.deleted) return refusal(231003, 'The message has been deleted.');
    if (!isMember(chats, app, message.chatId))
      return refusal(230002, 'The bot can not be outside the group.');
    return message;
  }

  return [
    {
      method: 'POST',
      path,
      access: 'app',
      scopes: scopeRules.react,
      handle: (call) => {
        const message = named(call);
        if ('status' in message) return message;
        const type = jsonBody(call)?.reaction_type;
        const emojiType = isFields(type) ? stringField(type, 'emoji_type') : '';
        if (!emojiTypes.has(emojiType)) return refusal(231001, 'reaction type is invalid.');
        const known = message.reactions.find(
          (reaction) => reaction.emojiType === emojiType && reaction.operatorId === call.app.appId,
        );
        const reaction: Reaction = known ?? {
          reactionId: newId.reaction(),
          emojiType,
          operatorId: call.app.appId,
          operatorType: 'app',
          actionTime: now(),
        };
        if (!known) change(message, reaction, 'created');
        return ok(reactionItem(reaction));
      },
    },
    {
      method: 'GET',
      path,
      access: 'app',
      scopes: scopeRules.readReactions,
      handle: (call) => {
        const message = named(call);
        if ('status' in message) return message;
        const wanted = call.query.get('reaction_type');
        const items = message.reactions
          .filter(({ emojiType }) => wanted === null || wanted === emojiType)
          .map(reactionItem);
        return ok({ items, has_more: false, page_token: '' });
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:reaction_id`,
      access: 'app',
      scopes: scopeRules.react,
      handle: (call) => {
        const message = named(call);
        if ('status' in message) return message;
        const reaction = message.reactions.find(
          ({ reactionId }) => reactionId === call.params.reaction_id,
        );
        if (!reaction) return invalidParameter('invalid reaction_id');
        if (reaction.operatorId !== call.app.appId) {
          return refusal(231007, 'The reaction was added by another operator.');
        }
        change(message, reaction, 'deleted');
        return ok(reactionItem(reaction));
      },
    },
  ];
}

function reactionItem(reaction: Reaction): Record<string, unknown> {
  return {
    reaction_id: reaction.reactionId,
    operator: { operator_id: reaction.operatorId, operator_type: reaction.operatorType },
    action_time: String(reaction.actionTime),
    reaction_type: { emoji_type: reaction.emojiType },
  };
}
