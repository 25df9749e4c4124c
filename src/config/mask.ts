/** Hides what a config keeps secret wherever its text is shown. Pure. */
import { MASK } from '../shared/secret.ts';
import { type Json5Node, parseJson5 } from './json5.ts';

const SECRET_KEY = /secret|token|passw|passphrase|key$|credential|authorization|cookie/i;
/** Keys that only say where a secret is, or how many tokens there may be. */
const HARMLESS_KEY = /(?:file|path|dir|env|tokens)$/i;

/** Whether the value of a key is to be hidden. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
}

/** `${VAR}` alone says only where the secret is. */
const isReference = (value: string) => /^\$\{[A-Z_][A-Z0-9_]*\}$/.test(value);

/** Something written `key: value`, in any quotes, also where it stands in a comment or a broken line. */
const PROPERTY =
  /((["']?)([\w$-]+)\2[ \t]*[:=][ \t]*)("(?:\\[^\r\n]|[^"\\\r\n])*"?|'(?:\\[^\r\n]|[^'\\\r\n])*'?|[^\s,{}[\]"']+)/g;

/** Hides by the look of the text alone: for lines that do not parse, and for comments. */
export function maskLine(text: string): string {
  return text.replace(PROPERTY, (whole, head: string, _quote, key: string, value: string) => {
    const bare = value.replace(/^["']|["']$/g, '');
    if (!isSecretKey(key) || isReference(bare) || /^(?:true|false|null)$/.test(value)) return whole;
    const quote = /^["']/.exec(value)?.[0] ?? '';
    return `${head}${quote}${MASK}${quote}`;
  });
}

/** The strings and numbers of a tree that stand under a secret key (or under `env`), by their path. */
function secretSpans(root: Json5Node): Map<string, { start: number; end: number; value: string }> {
  const spans = new Map<string, { start: number; end: number; value: string }>();
  const walk = (node: Json5Node, path: string, secret: boolean): void => {
    if (node.kind === 'scalar') {
      const { value } = node;
      if (!secret || value === null || typeof value === 'boolean' || value === '') return;
      if (typeof value === 'string' && isReference(value)) return;
      // A key that stands twice: each of its values is hidden.
      const name = spans.has(path) ? `${path}@${node.start}` : path;
      spans.set(name, { start: node.start, end: node.end, value: String(value) });
      return;
    }
    node.items.forEach((item, index) => {
      const key = 'key' in item ? String(item.key) : String(index);
      walk(
        item.node,
        `${path}/${JSON.stringify(key)}`,
        secret || isSecretKey(key) || (path === '' && key === 'env'),
      );
    });
  };
  walk(root, '', false);
  return spans;
}

/**
 * A config's text with its secrets hidden.
 *
 * @param previous the text before a change: a secret that differs from it is marked with `changed`,
 *   so that a masked diff still shows that it changes
 */
export function maskConfigText(
  text: string,
  previous?: { readonly text: string; readonly changed: string },
): string {
  const root = parseJson5(text);
  if (!root) return maskLine(text);
  const spans = secretSpans(root);
  const before = previous && parseJson5(previous.text);
  const old = before ? secretSpans(before) : new Map<string, { value: string }>();
  let masked = '';
  let at = 0;
  for (const [path, span] of [...spans].sort((a, b) => a[1].start - b[1].start)) {
    const was = old.get(path)?.value;
    const mark = was !== undefined && was !== span.value ? `${MASK} ${previous?.changed}` : MASK;
    const quote = /["']/.exec(text[span.start] ?? '')?.[0] ?? '';
    masked += `${text.slice(at, span.start)}${quote}${mark}${quote}`;
    at = span.end;
  }
  masked += text.slice(at);
  // The same secret may stand elsewhere, in a comment for one.
  for (const { value } of [...spans.values(), ...old.values()]) {
    if (value.length >= 8) masked = masked.replaceAll(value, MASK);
  }
  return maskComments(masked);
}

/** What looks like a secret in a comment; the values of the tree are hidden already. */
function maskComments(text: string): string {
  return text.replace(
    /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g,
    (token) => (token.startsWith('/') ? maskLine(token) : token),
  );
}
