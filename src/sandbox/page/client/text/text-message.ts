/**
 * A text message as HTML (docs/platform/messages.md#content). Few marks count: mentions, links, bold and
 * three tags. Markdown stays as it was written.
 */
import { escapeHtml, linkHtml, mentionHtml, type TextContext } from './escape.ts';

export interface TextMention {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
}

interface Rule {
  readonly pattern: RegExp;
  html(match: RegExpExecArray, inner: (text: string) => string): string;
}

/** Renders the text; `mentions` are those that the message names by key. */
export function textMessageHtml(
  text: string,
  mentions: readonly TextMention[],
  context: TextContext,
): string {
  const rules: readonly Rule[] = [
    {
      pattern: /<at user_id="([^"<>]{1,100})">([^<>]{0,200})<\/at>/y,
      html: ([, id = '', name = '']) => mentionHtml(id, name, context),
    },
    {
      pattern: /@_(?:user_\d{1,4}|all)/y,
      html: ([key]) => {
        if (key === '@_all') return mentionHtml('all', '', context);
        const known = mentions.find((mention) => mention.key === key);
        return known ? mentionHtml(known.openId, known.name, context) : escapeHtml(key);
      },
    },
    {
      pattern: /\[([^[\]\n]{1,500})\]\(([^()\s]{1,2000})\)/y,
      html: ([whole, label = '', address = '']) => {
        const link = linkHtml(address, escapeHtml(label));
        return link.startsWith('<a ') ? link : escapeHtml(whole);
      },
    },
    {
      pattern: /https?:\/\/[^\s<>"'()[\]]{1,2000}/y,
      html: ([address]) => linkHtml(address, escapeHtml(address)),
    },
    {
      pattern: /\*\*([^*\n]{1,2000})\*\*/y,
      html: ([, bold = ''], inner) => `<strong>${inner(bold)}</strong>`,
    },
    {
      pattern: /<([bius])>([^<>]{0,2000})<\/\1>/y,
      html: ([, tag = '', marked = ''], inner) => `<${tag}>${inner(marked)}</${tag}>`,
    },
  ];

  function render(part: string, depth: number): string {
    let html = '';
    let plainFrom = 0;
    const starts = /[<@[*h]/g;
    for (let start = starts.exec(part); start; start = starts.exec(part)) {
      const found = depth < 4 ? firstMatch(rules, part, start.index) : undefined;
      if (!found) continue;
      html += escapeHtml(part.slice(plainFrom, start.index));
      html += found.rule.html(found.match, (text) => render(text, depth + 1));
      plainFrom = start.index + found.match[0].length;
      starts.lastIndex = plainFrom;
    }
    return html + escapeHtml(part.slice(plainFrom));
  }
  return render(text, 0).replace(/\n/g, '<br>');
}

function firstMatch(
  rules: readonly Rule[],
  text: string,
  at: number,
): { readonly rule: Rule; readonly match: RegExpExecArray } | undefined {
  for (const rule of rules) {
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    if (match) return { rule, match };
  }
  return undefined;
}
