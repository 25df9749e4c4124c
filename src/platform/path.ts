/** Paths with parameters. */

/** A path whose parameters cannot break out of their segment: encodePath`/im/v1/messages/${id}`. */
export function encodePath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => {
    const value = values[index - 1] ?? '';
    // encodeURIComponent leaves dots alone, and a segment of dots would climb.
    const segment = /^\.+$/.test(value) ? value.replaceAll('.', '%2E') : encodeURIComponent(value);
    return `${path}${segment}${part}`;
  });
}
