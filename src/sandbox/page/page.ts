/** A plain HTML page with buttons: what a person would press in Feishu, pressed in a browser. */
import type { Answer } from '../http/answers.ts';
import { pageHeaders } from './page-headers.ts';

export interface Page {
  readonly status?: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** Each posts `decision=<value>` to the address of the page itself. */
  readonly buttons?: readonly { readonly value: string; readonly label: string }[];
  /** A field for text above the buttons, which post it as `text`. */
  readonly field?: { readonly label: string };
}

export function htmlPage(page: Page): Answer {
  const { status = 200, title, lines } = page;
  const body = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return {
    status,
    headers: pageHeaders,
    body: `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/client.css"></head><body class="plain-page"><main><h1>${escaped(title)}</h1>${body}${formOf(page)}</main></body></html>\n`,
  };
}

function formOf({ buttons = [], field }: Page): string {
  if (buttons.length === 0) return '';
  const text = field
    ? `<label>${escaped(field.label)}<textarea name="text" rows="6" required spellcheck="false"></textarea></label>`
    : '';
  const pressed = buttons.map(
    ({ value, label }) =>
      `<button class="button" name="decision" value="${escaped(value)}">${escaped(label)}</button>`,
  );
  return `<form method="post">${text}${pressed.join(' ')}</form>`;
}

/** The pressed button; `undefined` if none was pressed. */
export function decisionIn(body: Buffer): string | undefined {
  return formIn(body).decision;
}

/** What a form of a page posts. */
export interface PostedForm {
  readonly decision: string | undefined;
  readonly text: string;
}

export function formIn(body: Buffer): PostedForm {
  const posted = new URLSearchParams(body.toString('utf8'));
  return { decision: posted.get('decision') ?? undefined, text: posted.get('text') ?? '' };
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
