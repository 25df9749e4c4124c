/** Paths with parameters. */

/** A path whose parameters cannot break out of their segment: encodePath`/im/v1/messages/${id}`. */
export function encodePath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce(
    (path, part, index) => `${path}${encodeSegment(values[index - 1] ?? '')}${part}`,
  );
}

function encodeSegment(value: string): string {
  // "." and ".." climb even when they are encoded once; no id of the platform is one.
  if (/^\.{1,2}$/.test(value)) return value.replaceAll('.', '%252E');
  // By way of UTF-8, which replaces half characters: encodeURIComponent throws at them.
  return encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8'));
}
