/** A card as a message shows it. */
import type { JSX } from 'preact';
import { usePage } from '../context.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from '../reading.ts';
import { CardMessage } from './card-controls.tsx';
import { CardElements } from './card-element.tsx';
import { cardIn, contentOf, elementsOf, paceOf } from './card-parts.ts';

export interface CardViewProps {
  readonly messageId: string;
  readonly content: Fields;
  readonly isStreaming: boolean;
}

export function CardView({ messageId, content, isStreaming }: CardViewProps): JSX.Element {
  const { lang, say } = usePage();
  const card = cardIn(content);
  const header = fieldsOf(card.header);
  const title = contentOf(header.title, lang);
  const subtitle = contentOf(header.subtitle, lang);
  return (
    <div class="card" aria-busy={isStreaming}>
      {title !== '' && (
        <div class={`card-header template-${textOf(header.template) || 'default'}`}>
          <strong>{title}</strong>
          {listOf(header.text_tag_list)
            .filter(isFields)
            .map((tag, index) => (
              <span class="label" key={index}>
                {contentOf(tag.text, lang)}
              </span>
            ))}
          {subtitle !== '' && <div class="subtitle">{subtitle}</div>}
        </div>
      )}
      <div class="card-body">
        <CardMessage.Provider value={messageId}>
          <CardElements elements={elementsOf(card)} pace={paceOf(card, isStreaming)} />
        </CardMessage.Provider>
      </div>
      {isStreaming && <div class="generating">{say('generating')}</div>}
    </div>
  );
}
