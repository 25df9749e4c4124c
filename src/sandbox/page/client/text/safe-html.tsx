/** HTML of a message, cleaned once more by DOMPurify before the browser parses it. */
import createPurifier from 'dompurify';
import type { JSX } from 'preact';

const ALLOWED_TAGS = (
  'a b blockquote br code del div em h1 h2 h3 h4 h5 h6 hr i img li ol p pre s span strong ' +
  'table tbody td th thead tr u ul'
).split(' ');
const ALLOWED_ATTR = ['alt', 'class', 'href', 'rel', 'src', 'start', 'target'];

export interface SafeHtmlProps {
  readonly html: string;
  readonly class?: string;
}

export function SafeHtml({ html, class: name = '' }: SafeHtmlProps): JSX.Element {
  const clean = createPurifier.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOW_DATA_ATTR: false,
    RETURN_TRUSTED_TYPE: true,
  });
  return (
    <div class={`text ${name}`} dangerouslySetInnerHTML={{ __html: clean as unknown as string }} />
  );
}
