/** A post: paragraphs of texts, links, mentions, images, code and Markdown by the platform's rules. */
import type { JSX } from 'preact';
import { CardImage } from '../card/card-element.tsx';
import { usePage } from '../context.ts';
import { type Fields, isFields, listOf, textOf } from '../reading.ts';
import { emojiSign } from '../text/emoji.ts';
import { webAddress } from '../text/escape.ts';
import { postMarkdownHtml } from '../text/post-markdown.ts';
import { SafeHtml } from '../text/safe-html.tsx';
import type { TextMention } from '../text/text-message.ts';
import { FileLink } from './media-content.tsx';

export interface PostContentProps {
  readonly content: Fields;
  readonly mentions: readonly TextMention[];
}

export function PostContent({ content, mentions }: PostContentProps): JSX.Element {
  const post = postIn(content);
  const paragraphs = listOf(post.content).map((paragraph) => listOf(paragraph).filter(isFields));
  const title = textOf(post.title);
  return (
    <div class="post">
      {title !== '' && <strong class="post-title">{title}</strong>}
      {paragraphs.map((paragraph, index) => (
        <div class="paragraph" key={index}>
          {paragraph.map((element, place) => (
            <PostElement key={place} element={element} mentions={mentions} />
          ))}
        </div>
      ))}
      {listOf(post.files)
        .filter(isFields)
        .map((file) => (
          <FileLink key={textOf(file.file_key)} content={file} />
        ))}
    </div>
  );
}

/** The post itself, or the first of its languages. */
function postIn(content: Fields): Fields {
  if (Array.isArray(content.content)) return content;
  return Object.values(content).find(isFields) ?? {};
}

function PostElement({
  element,
  mentions,
}: {
  readonly element: Fields;
  readonly mentions: readonly TextMention[];
}): JSX.Element | null {
  const { say, text } = usePage();
  const written = textOf(element.text);
  const style = listOf(element.style).map(textOf).join(' ');
  switch (element.tag) {
    case 'text':
      return <span class={style}>{written}</span>;
    case 'a': {
      const href = webAddress(textOf(element.href));
      if (href === undefined) return <span class={style}>{written}</span>;
      return (
        <a class={style} href={href} target="_blank" rel="noopener noreferrer">
          {written}
        </a>
      );
    }
    case 'at': {
      const id = textOf(element.user_id);
      const known = mentions.find(({ key }) => key === id);
      const isAll = id === 'all' || id === '@_all';
      const everyone = text.lang === 'zh' ? '所有人' : 'all';
      const name = known?.name || textOf(element.user_name) || text.nameOf(id);
      return <span class="mention">@{isAll ? everyone : name}</span>;
    }
    case 'img':
      return <CardImage imageKey={textOf(element.image_key)} alt={say('image')} />;
    case 'media':
      return <FileLink content={element} />;
    case 'emotion':
      return <span>{emojiSign(textOf(element.emoji_type))}</span>;
    case 'hr':
      return <hr />;
    case 'code_block':
      return (
        <pre>
          <code>{written}</code>
        </pre>
      );
    case 'md':
      return <SafeHtml html={postMarkdownHtml(written, text)} />;
    default:
      return <span class="hint">{say('notShown', { tag: textOf(element.tag) })}</span>;
  }
}
