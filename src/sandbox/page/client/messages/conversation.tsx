/** A chat: its messages in order, topics below their first message, and what is being written. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedChat, FeedMessage } from '../../feed-form.ts';
import { usePage } from '../context.ts';
import { byTopic, messagesIn } from '../data.ts';
import { type Fields, parsedFields } from '../reading.ts';
import { Composer, type Draft } from './composer.tsx';
import { MessageView } from './message-view.tsx';

export interface ConversationProps {
  readonly chat: FeedChat | undefined;
  readonly title: string;
  /** What a control call needs to reach the chat. */
  readonly place: Fields;
  /** The person begins to write here. */
  onWrite(): void;
}

const noDraft: Draft = { kind: 'new' };

export function Conversation({ chat, title, place, onWrite }: ConversationProps): JSX.Element {
  const { act, data, me, say } = usePage();
  const [draft, setDraft] = useState<Draft>(noDraft);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const messages = chat ? messagesIn(data, chat.chatId) : [];
  const list = useScrolledToEnd(messages);

  const isSelected = ({ messageId }: FeedMessage): boolean => selected.includes(messageId);
  const forward = async (): Promise<void> => {
    const merged = messages.filter(isSelected).map(({ senderId, msgType, content }) => ({
      from: { openId: senderId },
      messageType: msgType,
      content: parsedFields(content),
    }));
    await act('say', { ...place, merged, from: { openId: me } });
    setSelected([]);
  };
  const view = (message: FeedMessage): JSX.Element => (
    <MessageView
      message={message}
      isSelected={isSelected(message)}
      onReply={(replied) => setDraft({ kind: 'reply', message: replied })}
      onEdit={(edited) => setDraft({ kind: 'edit', message: edited })}
      onSelect={({ messageId }) =>
        setSelected(
          selected.includes(messageId)
            ? selected.filter((id) => id !== messageId)
            : [...selected, messageId],
        )
      }
    />
  );
  return (
    <main class="conversation">
      <h2>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls needs the keyboard */}
      <section class="messages" ref={list} role="log" aria-label={say('messages')} tabIndex={0}>
        {messages.length === 0 && <p class="hint">{say('empty')}</p>}
        <ol>
          {byTopic(messages, chat?.form ?? 'plain').map(({ message, replies }) => (
            <li key={message.messageId}>
              {view(message)}
              {replies.length > 0 && (
                <details class="topic" open>
                  <summary>{say('topicReplies', { count: replies.length })}</summary>
                  <ol>
                    {replies.map((reply) => (
                      <li key={reply.messageId}>{view(reply)}</li>
                    ))}
                  </ol>
                </details>
              )}
            </li>
          ))}
        </ol>
      </section>
      {selected.length > 0 && (
        <div class="selection">
          <button type="button" onClick={() => void forward()}>
            {say('forward', { count: selected.length })}
          </button>
          <button type="button" onClick={() => setSelected([])}>
            {say('cancel')}
          </button>
        </div>
      )}
      <Composer
        key={`${chat?.chatId} ${draft.kind} ${draft.kind === 'new' ? '' : draft.message.messageId}`}
        title={title}
        isGroup={chat?.chatType === 'group'}
        place={place}
        draft={draft}
        onWrite={onWrite}
        onDone={() => setDraft(noDraft)}
      />
    </main>
  );
}

/** Shows the newest message, unless the person has scrolled up. */
function useScrolledToEnd(messages: readonly FeedMessage[]): { current: HTMLElement | null } {
  const list = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const scrolled = (): void => {
      const { scrollTop, clientHeight, scrollHeight } = element;
      isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40;
    };
    // What is typed out grows without a new message.
    const grown = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', scrolled);
    if (element.firstElementChild) grown.observe(element.lastElementChild ?? element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      grown.disconnect();
    };
  }, []);
  useEffect(() => {
    if (list.current && isAtEnd.current) list.current.scrollTop = list.current.scrollHeight;
  }, [messages.length]);
  return list;
}
