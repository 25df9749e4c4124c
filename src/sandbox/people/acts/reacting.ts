/** A person or a bot adds a reaction to a message, or takes it away. */
import type { ChatStore, Reaction, StoredMessage } from '../../state/chats.ts';
import { emojiTypes } from '../../state/emoji-types.ts';
import { newId } from '../../state/ids.ts';
import { scopeRules } from '../../state/scopes.ts';
import { actor, appIdOf, appsOf, livingMessage, type World } from '../actors.ts';
import { sendEvent } from '../app-event.ts';
import { type Person, personIds } from '../person.ts';
import type { RecallOptions } from './recalling.ts';

export interface Reacting {
  readonly messageId: string;
  /** A type of the platform's list, such as `THUMBSUP`. */
  readonly emojiType: string;
  readonly from?: Person;
  /** Takes the reaction away. */
  readonly remove?: boolean;
}

export function react(reacting: Reacting, world: World): { readonly eventId: string } {
  const { message } = livingMessage(world, reacting.messageId);
  const { emojiType } = reacting;
  if (!emojiTypes.has(emojiType)) throw new RangeError(`there is no reaction ${emojiType}`);
  const person = actor(world, reacting.from);
  const operatorId = appIdOf(person, world) ?? person.openId;
  const known = message.reactions.find(
    (reaction) => reaction.emojiType === emojiType && reaction.operatorId === operatorId,
  );
  if (reacting.remove === true) {
    if (!known) throw new RangeError(`${operatorId} has no reaction ${emojiType} there`);
    return changeReactions(message, known, 'deleted', world, true);
  }
  const reaction: Reaction = {
    reactionId: newId.reaction(),
    emojiType,
    operatorId,
    operatorType: person.senderType,
    actionTime: world.nextTime(),
  };
  return changeReactions(message, known ?? reaction, 'created', world, true);
}

/** Adds or removes the reaction, and tells the apps in the chat. */
export function changeReactions(
  message: StoredMessage,
  reaction: Reaction,
  change: 'created' | 'deleted',
  options: RecallOptions,
  noted: boolean,
): { readonly eventId: string } {
  const { chats } = options;
  const others = message.reactions.filter(({ reactionId }) => reactionId !== reaction.reactionId);
  setReactions(chats, message, change === 'created' ? [...others, reaction] : others);
  const time = change === 'created' ? reaction.actionTime : options.nextTime();
  const { operatorId, operatorType } = reaction;
  const event = {
    type: `im.message.reaction.${change}_v1`,
    time,
    messageId: message.messageId,
    body: () => ({
      message_id: message.messageId,
      reaction_type: { emoji_type: reaction.emojiType },
      operator_type: operatorType,
      ...(operatorType === 'user' ? { user_id: personIds(operatorId) } : { app_id: operatorId }),
      action_time: String(time),
    }),
  };
  const chat = chats.chats.get(message.chatId);
  const rule = { scopes: scopeRules.readReactions, chat };
  const sent = (chat ? appsOf(options, chat, message.appId) : []).map((app) =>
    sendEvent(options.delivery, app, event, rule, noted),
  );
  return { eventId: sent[0]?.eventId ?? '' };
}

function setReactions(chats: ChatStore, message: StoredMessage, reactions: Reaction[]): void {
  chats.change(message.messageId, { reactions, updateTime: message.updateTime });
}
