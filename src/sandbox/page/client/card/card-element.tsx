/** One component of a card, with what it holds (docs/platform/media-and-cards.md#components). */
import type { JSX } from 'preact';
import { usePage } from '../context.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from '../reading.ts';
import type { Pace } from '../text/typing.ts';
import {
  CardButton,
  CardChecker,
  CardForm,
  CardInput,
  CardOverflow,
  CardSelect,
} from './card-controls.tsx';
import { contentOf, lookOf } from './card-parts.ts';
import { CardTable } from './card-table.tsx';
import { TypedText } from './typed-text.tsx';

interface Held {
  readonly pace: Pace | undefined;
}

export function CardElements({
  elements,
  pace,
}: Held & { readonly elements: unknown }): JSX.Element {
  return (
    <>
      {listOf(elements)
        .filter(isFields)
        .map((element, index) => (
          <CardElement key={textOf(element.element_id) || index} element={element} pace={pace} />
        ))}
    </>
  );
}

export function CardElement({
  element,
  pace,
}: Held & { readonly element: Fields }): JSX.Element | null {
  const { lang, say, text } = usePage();
  const tag = textOf(element.tag);
  switch (tag) {
    case 'markdown':
    case 'lark_md':
    case 'plain_text':
      return (
        <div class={lookOf(element)}>
          <TypedText
            text={contentOf(element, lang)}
            pace={tag === 'lark_md' ? undefined : pace}
            isMarkdown={tag !== 'plain_text'}
          />
        </div>
      );
    case 'div':
      return (
        <div>
          {isFields(element.text) && <CardElement element={element.text} pace={pace} />}
          {listOf(element.fields)
            .filter(isFields)
            .map((field, index) => (
              <CardElement key={index} element={fieldsOf(field.text)} pace={pace} />
            ))}
        </div>
      );
    case 'note':
      return (
        <div class="note">
          <CardElements elements={element.elements} pace={pace} />
        </div>
      );
    case 'hr':
      return <hr />;
    case 'img':
      return <CardImage imageKey={textOf(element.img_key)} alt={contentOf(element.alt, lang)} />;
    case 'img_combination':
      return (
        <div class="images">
          {listOf(element.img_list)
            .filter(isFields)
            .map(({ img_key: key }) => (
              <CardImage key={textOf(key)} imageKey={textOf(key)} alt={say('image')} />
            ))}
        </div>
      );
    case 'button':
      return <CardButton element={element} />;
    case 'action':
      return (
        <div class="row">
          <CardElements elements={element.actions} pace={pace} />
        </div>
      );
    case 'column_set':
      return (
        <div class={`columns ${textOf(element.flex_mode)}`}>
          <CardElements elements={element.columns} pace={pace} />
        </div>
      );
    case 'column':
      return (
        <div class={element.width === 'weighted' ? 'column weighted' : 'column'}>
          <CardElements elements={element.elements} pace={pace} />
        </div>
      );
    case 'collapsible_panel': {
      const title = fieldsOf(fieldsOf(element.header).title);
      return (
        <details class="panel" open={element.expanded === true}>
          <summary>{contentOf(title, lang)}</summary>
          <CardElements elements={element.elements} pace={pace} />
        </details>
      );
    }
    case 'interactive_container':
      return (
        <div class="container">
          <CardElements elements={element.elements} pace={pace} />
        </div>
      );
    case 'form':
      return (
        <CardForm>
          <CardElements elements={element.elements} pace={pace} />
        </CardForm>
      );
    case 'table':
      return <CardTable element={element} />;
    case 'select_static':
    case 'multi_select_static':
    case 'select_person':
    case 'multi_select_person':
      return <CardSelect element={element} />;
    case 'input':
    case 'date_picker':
    case 'picker_time':
    case 'picker_datetime':
      return <CardInput element={element} />;
    case 'checker':
      return <CardChecker element={element} />;
    case 'overflow':
      return <CardOverflow element={element} />;
    case 'person':
      return <span class="person">{text.nameOf(textOf(element.user_id))}</span>;
    case 'person_list':
      return (
        <span class="person">
          {listOf(element.persons)
            .map((person) => text.nameOf(textOf(fieldsOf(person).id)))
            .join(', ')}
        </span>
      );
    default:
      return <span class="hint">{say('notShown', { tag })}</span>;
  }
}

/** An image by its key; the sandbox has its bytes. */
export function CardImage({
  imageKey,
  alt,
}: {
  readonly imageKey: string;
  readonly alt: string;
}): JSX.Element {
  const { say } = usePage();
  return (
    <img class="shown" src={`resource/${encodeURIComponent(imageKey)}`} alt={alt || say('image')} />
  );
}
