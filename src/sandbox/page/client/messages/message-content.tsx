/** The content of a message, by its type. */
import type { JSX } from 'preact';
import type { FeedMessage } from '../../feed-form.ts';
import { CardImage } from '../card/card-element.tsx';
import { CardView } from '../card/card-view.tsx';
import { usePage } from '../context.ts';
import { mergedIn } from '../data.ts';
import { type Fields, parsedFields, textOf } from '../reading.ts';
import { SafeHtml } from '../text/safe-html.tsx';
import { textMessageHtml } from '../text/text-message.ts';
import { FileLink, Video, Voice } from './media-content.tsx';
import { plainContent } from './plain-content.ts';
import { PostContent } from './post-content.tsx';

export function MessageContent({ message }: { readonly message: FeedMessage }): JSX.Element {
  const { data, say, text } = usePage();
  const written = parsedFields(message.content);
  const { file } = message;
  const content = file
    ? {
        file_name: file.name,
        ...(file.durationMs > 0 && { duration: file.durationMs }),
        ...written,
      }
    : written;
  switch (message.msgType) {
    case 'text':
      return <SafeHtml html={textMessageHtml(textOf(content.text), message.mentions, text)} />;
    case 'post':
      return <PostContent content={content} mentions={message.mentions} />;
    case 'interactive':
      return (
        <CardView
          messageId={message.messageId}
          content={content}
          isStreaming={message.isStreaming}
        />
      );
    case 'image':
      return <CardImage imageKey={textOf(content.image_key)} alt={say('image')} />;
    case 'file':
      return <FileLink content={content} />;
    case 'audio':
      return <Voice content={content} />;
    case 'media':
      return <Video content={content} />;
    case 'sticker':
      return <div class="sticker">{say('stickerShown')}</div>;
    case 'merge_forward':
      return (
        <details class="panel" open>
          <summary>{say('merged')}</summary>
          {mergedIn(data, message.messageId).map((inner) => (
            <div key={inner.messageId} class="merged">
              <strong>{text.nameOf(inner.senderId)}</strong>
              <MessageContent message={inner} />
            </div>
          ))}
        </details>
      );
    default:
      return <PlainView message={message} content={content} />;
  }
}

/** A type without a view of its own: what it is, and what it says. */
function PlainView({
  message,
  content,
}: {
  readonly message: FeedMessage;
  readonly content: Fields;
}): JSX.Element {
  const { data, lang, text } = usePage();
  const nameOf = (id: string): string =>
    data.chats.find(({ chatId }) => chatId === id)?.name || text.nameOf(id);
  const { kind, lines } = plainContent(message.msgType, content, lang, nameOf);
  return (
    <div class="plain">
      <div class="hint">{kind}</div>
      {lines.map((line, index) => (
        <div key={`${index}`}>{line}</div>
      ))}
    </div>
  );
}
