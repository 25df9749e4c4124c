/** Reads untrusted JSON of any shape. Pure, throws nothing. */

export type Fields = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Deeper than any real card: hostile nesting could exhaust the stack. */
const MAX_DEPTH = 20;

/** The keys of readable texts in cards, votes and tasks. */
const readableKeys = new Set(['title', 'topic', 'text', 'content', 'subtitle', 'options']);

/** Every readable text in a content, in order. */
export function collectTexts(value: unknown, depth = 0): readonly string[] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) {
    return value.flatMap((entry) =>
      typeof entry === 'string' ? entry : collectTexts(entry, depth + 1),
    );
  }
  return Object.entries(asObject(value)).flatMap(([key, inner]) => {
    if (typeof inner === 'string') return readableKeys.has(key) && inner !== '' ? inner : [];
    // The names of styles (`['bold']`) are no texts.
    return key === 'style' ? [] : collectTexts(inner, depth + 1);
  });
}
