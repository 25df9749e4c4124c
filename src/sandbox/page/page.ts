/** A plain HTML page with buttons: what a person would press in Feishu, pressed in a browser. */
import type { Answer } from '../http/answers.ts';

export interface Page {
  readonly status?: number;
  readonly title: string;
  readonly lines: readonly string[];
  /** Each posts `decision=<value>` to the address of the page itself. */
  readonly buttons?: readonly { readonly value: string; readonly label: string }[];
}

export function htmlPage({ status = 200, title, lines, buttons = [] }: Page): Answer {
  const form =
    buttons.length === 0
      ? ''
      : `<form method="post">${buttons
          .map(
            ({ value, label }) =>
              `<button name="decision" value="${escaped(value)}">${escaped(label)}</button>`,
          )
          .join(' ')}</form>`;
  const body = lines.map((line) => `<p>${escaped(line)}</p>`).join('');
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head><body><h1>${escaped(title)}</h1>${body}${form}</body></html>\n`,
  };
}

/** The pressed button; `undefined` if none was pressed. */
export function decisionIn(body: Buffer): string | undefined {
  return new URLSearchParams(body.toString('utf8')).get('decision') ?? undefined;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
