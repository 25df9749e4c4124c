/** A person edits a message. */
import type { StoredMessage } from '../../state/chats.ts';
import { livingMessage, type World } from '../actors.ts';
import { outgoing, sendEvent } from '../app-event.ts';
import { messageEventBody, reasonToKeepBack, receiveEvent } from '../receive-event.ts';
import { mentionsOf, withMentions } from '../said-content.ts';

export interface Editing {
  readonly messageId: string;
  readonly text?: string;
  /** Instead of `text`: the whole new content. */
  readonly content?: object;
  /** Adds a mention of the bot, or removes it; without this, the message keeps what it has. */
  readonly mentionBot?: boolean;
}

/**
 * Changes the message; the type stays. The app hears im.message.updated_v1, and receives the message
 * again, with its id, where the edit adds a mention of the bot (observed; neither is documented).
 */
export function edit(editing: Editing, world: World): { readonly eventId: string } {
  const { message, chat } = livingMessage(world, editing.messageId);
  if (message.fromBot) throw new RangeError('a person cannot edit a message of a bot');
  if (message.msgType !== 'text' && message.msgType !== 'post') {
    throw new RangeError(`a message of type ${message.msgType} cannot be edited`);
  }
  const app = world.appNamed(message.appId);
  const others = message.mentions.filter(({ id }) => id.open_id !== app.botOpenId);
  const had = others.length < message.mentions.length;
  const mentionsBot = editing.mentionBot ?? had;
  const mentions = mentionsOf(
    app,
    mentionsBot,
    others.map(({ id, name }) => ({ openId: id.open_id, name })),
  );
  const content = editing.content ?? { text: editing.text ?? '' };
  const edited = world.chats.change(message.messageId, {
    content: JSON.stringify(withMentions(content, mentions)),
    mentions,
    edits: message.edits + 1,
    updateTime: world.nextTime(),
  });
  const latest = (): StoredMessage => world.chats.get(message.messageId) ?? message;
  const { messageId } = message;
  const time = latest().updateTime;
  const sent = sendEvent(
    world.delivery,
    app,
    {
      type: 'im.message.updated_v1',
      time,
      messageId,
      body: () => ({ message_id: messageId, ...messageEventBody(app, latest()) }),
    },
    { scopes: [], chat },
  );
  if (edited && mentionsBot && !had && reasonToKeepBack(app, chat, edited) === undefined) {
    const body = (): object => messageEventBody(app, latest());
    world.delivery.send(outgoing(app, { type: receiveEvent, time, messageId, body }));
  }
  return sent;
}
