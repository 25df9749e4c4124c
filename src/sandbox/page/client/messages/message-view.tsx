/** One message with its sender, quote, reactions, and what a person can do with it. */
import type { JSX } from 'preact';
import type { FeedMessage } from '../../feed-form.ts';
import { usePage } from '../context.ts';
import { parsedFields } from '../reading.ts';
import { emojiSign, offeredEmoji } from '../text/emoji.ts';
import { MessageContent } from './message-content.tsx';
import { messageLine } from './message-line.ts';
import { noticeText } from './plain-content.ts';

export interface MessageViewProps {
  readonly message: FeedMessage;
  readonly isSelected: boolean;
  onReply(message: FeedMessage, inTopic: boolean): void;
  onEdit(message: FeedMessage): void;
  onSelect(message: FeedMessage): void;
}

export function MessageView(props: MessageViewProps): JSX.Element {
  const { message } = props;
  const { data, lang, me, say, text } = usePage();
  const name = text.nameOf(message.senderId);
  if (message.isRecalled) {
    return <div class="recalled">{say('recalled', { name })}</div>;
  }
  // A line between the messages, as where a new session begins.
  if (message.msgType === 'system') {
    const notice = noticeText(parsedFields(message.content), lang);
    return (
      <div class="notice" data-message-id={message.messageId}>
        <span>{notice}</span>
      </div>
    );
  }
  const quoted = data.messages.get(message.parentId ?? '');
  const isOwn = message.senderId === me;
  return (
    <article
      class={`message ${isOwn ? 'own' : ''} ${props.isSelected ? 'selected' : ''}`}
      aria-label={name}
      data-message-id={message.messageId}
    >
      <div class="avatar" aria-hidden="true">
        {[...name][0]}
      </div>
      <div class="message-main">
        <div class="sender">
          {name} <time>{new Date(message.createTime).toTimeString().slice(0, 5)}</time>{' '}
          {message.edits > 0 && message.msgType !== 'interactive' && say('edited')}
        </div>
        <div class={`bubble ${message.msgType}`}>
          {quoted && (
            <div class="quote">
              {say('replyTo', {
                name: text.nameOf(quoted.senderId),
                text: messageLine(quoted, lang),
              })}
            </div>
          )}
          <MessageContent message={message} />
        </div>
        <Reactions message={message} />
        <Tools {...props} isOwn={isOwn} />
      </div>
    </article>
  );
}

function Reactions({ message }: { readonly message: FeedMessage }): JSX.Element | null {
  const { act, me, say, text } = usePage();
  if (message.reactions.length === 0) return null;
  const names = [...new Set(message.reactions.map(({ emojiType }) => emojiType))];
  return (
    <div class="reactions">
      {names.map((emojiType) => {
        const people = message.reactions
          .filter((reaction) => reaction.emojiType === emojiType)
          .map(({ operatorId }) => operatorId);
        const isOwn = people.includes(me);
        const label = say('reactionBy', {
          name: emojiType,
          people: people.map((id) => text.nameOf(id)).join(', '),
        });
        const change = (): void =>
          void act('react', {
            messageId: message.messageId,
            emojiType,
            from: { openId: me },
            ...(isOwn && { remove: true }),
          });
        return (
          <button key={emojiType} type="button" aria-pressed={isOwn} title={label} onClick={change}>
            <span aria-hidden="true">{emojiSign(emojiType)}</span> {people.length}
            <span class="hidden">{label}</span>
          </button>
        );
      })}
    </div>
  );
}

function Tools({
  message,
  isOwn,
  isSelected,
  onReply,
  onEdit,
  onSelect,
}: MessageViewProps & { readonly isOwn: boolean }): JSX.Element {
  const { act, me, say } = usePage();
  const { messageId, msgType } = message;
  const isEditable = isOwn && (msgType === 'text' || msgType === 'post');
  return (
    <div class="tools">
      <button type="button" onClick={() => onReply(message, false)}>
        {say('reply')}
      </button>
      <details>
        <summary>{say('react')}</summary>
        <div class="emoji">
          {offeredEmoji.map((emojiType) => (
            <button
              key={emojiType}
              type="button"
              aria-label={say('reactWith', { name: emojiType })}
              onClick={(event) => {
                event.currentTarget.closest('details')?.removeAttribute('open');
                void act('react', { messageId, emojiType, from: { openId: me } });
              }}
            >
              {emojiSign(emojiType)}
            </button>
          ))}
        </div>
      </details>
      {isEditable && (
        <button type="button" onClick={() => onEdit(message)}>
          {say('edit')}
        </button>
      )}
      {isOwn && (
        <button type="button" onClick={() => void act('recall', { messageId })}>
          {say('recall')}
        </button>
      )}
      <button type="button" aria-pressed={isSelected} onClick={() => onSelect(message)}>
        {say('select')}
      </button>
    </div>
  );
}
