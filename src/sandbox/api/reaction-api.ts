/** im/v1/messages/:id/reactions: add, list, remove. */
import { type Answer, invalidParameter, ok, refusal } from '../http/answers.ts';
import { type AppCall, isRecord, jsonBody, type Route, stringField } from '../http/call.ts';
import type { ChatStore, Reaction, StoredMessage } from '../state/chats.ts';
import { newId } from '../state/ids.ts';
import { scopeRules } from '../state/scopes.ts';
import { isMember } from './message-api.ts';

/** Types of the platform's list that bots use; any other is refused as unknown. */
const emojiTypes: ReadonlySet<string> = new Set(
  'OK DONE THUMBSUP THANKS MUSCLE FINGERHEART APPLAUSE FISTBUMP JIAYI SMILE BLUSH LAUGH SMIRK LOL LOVE WINK PROUD WITTY SMART SCOWL THINKING SOB CRY ERROR NOSEPICK HAUGHTY SLAP SPITBLOOD TOASTED GLANCE DULL INNOCENTSMILE JOYFUL WOW TRICK YEAH ENOUGH TEARS EMBARRASSED KISS SMOOCH DROOL OBSESSED MONEY TEASE SHOWOFF COMFORT CLAP PRAISE STRIVE XBLUSH SILENT WAVE WHAT FROWN SHY DIZZY LOOKDOWN CHUCKLE WAIL CRAZY WHIMPER HUG BLUBBER WRONGED HUSKY SHHH SMUG ANGRY HAMMER SHOCKED TERROR PETRIFIED SKULL SWEAT SPEECHLESS SLEEP DROWSY YAWN SICK PUKE BETRAYED HEADSET EatingFood MeMeMe Sigh Typing Lemon Get LGTM OnIt OneSecond HEART HEARTBROKEN POOP GIFT CAKE PARTY ROSE BEER Fire CheckMark CrossMark Alarm Loudspeaker Pin Hundred AWESOMEN EYES Yes No'.split(
    ' ',
  ),
);

export interface ReactionApiOptions {
  readonly chats: ChatStore;
  readonly now: () => number;
}

export function reactionRoutes({ chats, now }: ReactionApiOptions): readonly Route[] {
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
        const emojiType = isRecord(type) ? stringField(type, 'emoji_type') : '';
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
        if (!known) setReactions(chats, message, [...message.reactions, reaction]);
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
        setReactions(
          chats,
          message,
          message.reactions.filter((other) => other !== reaction),
        );
        return ok(reactionItem(reaction));
      },
    },
  ];
}

function setReactions(chats: ChatStore, message: StoredMessage, reactions: Reaction[]): void {
  chats.change(message.messageId, { reactions, updateTime: message.updateTime });
}

function reactionItem(reaction: Reaction): Record<string, unknown> {
  return {
    reaction_id: reaction.reactionId,
    operator: { operator_id: reaction.operatorId, operator_type: reaction.operatorType },
    action_time: String(reaction.actionTime),
    reaction_type: { emoji_type: reaction.emojiType },
  };
}
