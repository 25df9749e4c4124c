/** The chats of the person: one with each bot, and the groups. */
import type { JSX } from 'preact';
import type { FeedChat } from '../../feed-form.ts';
import { usePage } from '../context.ts';
import { messagesIn } from '../data.ts';
import { messageLine } from '../messages/message-line.ts';

/** A chat that is open: of an app that may have none yet, or a group. */
export type ChatChoice =
  | { readonly kind: 'bot'; readonly appId: string }
  | { readonly kind: 'group'; readonly chatId: string };

export interface ChatListProps {
  readonly choice: ChatChoice | undefined;
  onChoose(choice: ChatChoice): void;
  onNewGroup(form: 'plain' | 'topic'): void;
}

export function ChatList({ choice, onChoose, onNewGroup }: ChatListProps): JSX.Element {
  const { data, me, say } = usePage();
  const groups = data.chats.filter(({ chatType, disbanded }) => chatType === 'group' && !disbanded);
  return (
    <nav class="chats" aria-label={say('chats')}>
      <ul>
        {data.apps.map(({ appId, name, connections }) => (
          <li key={appId}>
            <button
              type="button"
              aria-current={choice?.kind === 'bot' && choice.appId === appId}
              onClick={() => onChoose({ kind: 'bot', appId })}
            >
              <strong>{name}</strong> <span class="label">{say('bot')}</span>
              <ChatLine chat={directChat(data.chats, appId, me)} />
              <span class="line">{say(connections > 0 ? 'online' : 'offline')}</span>
            </button>
          </li>
        ))}
        {groups.map((chat) => (
          <li key={chat.chatId}>
            <button
              type="button"
              aria-current={choice?.kind === 'group' && choice.chatId === chat.chatId}
              onClick={() => onChoose({ kind: 'group', chatId: chat.chatId })}
            >
              <strong>{chat.name}</strong>{' '}
              <span class="label">{say(chat.form === 'plain' ? 'group' : 'topicGroup')}</span>
              <ChatLine chat={chat} />
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <button type="button" onClick={() => onNewGroup('plain')}>
          {say('newGroup')}
        </button>
        <button type="button" onClick={() => onNewGroup('topic')}>
          {say('newTopicGroup')}
        </button>
      </div>
    </nav>
  );
}

/** The chat of a person with a bot; `undefined` before it was opened. */
export function directChat(
  chats: readonly FeedChat[],
  appId: string,
  openId: string,
): FeedChat | undefined {
  return chats.find(
    ({ chatType, appIds, users }) =>
      chatType === 'p2p' && appIds.includes(appId) && users.includes(openId),
  );
}

function ChatLine({ chat }: { readonly chat: FeedChat | undefined }): JSX.Element | null {
  const { data, lang, say, text } = usePage();
  const last = chat && messagesIn(data, chat.chatId).at(-1);
  if (!last) return null;
  const line = last.isRecalled
    ? say('recalled', { name: text.nameOf(last.senderId) })
    : messageLine(last, lang);
  return <span class="line">{line}</span>;
}
