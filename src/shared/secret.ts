/**
 * Values that must not be seen.
 *
 * A {@link Secret} prints as `***` however it is printed; only `reveal()` gives the value. Texts
 * that come from elsewhere (a child's stderr, a server's answer) pass through {@link scrub}.
 */
import { inspect } from 'node:util';

export const MASK = '***';

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  get isEmpty(): boolean {
    return this.#value === '';
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/**
 * Replaces every occurrence of the given secrets in a text by `***`, also where the text holds them
 * JSON-escaped or URL-encoded. Secrets under 4 characters are left alone: replacing them would
 * mangle the text without hiding anything.
 */
export function scrub(text: string, secrets: Iterable<Secret>): string {
  let scrubbed = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value.length < 4) continue;
    const spellings = new Set([
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
    ]);
    for (const spelling of spellings) scrubbed = scrubbed.replaceAll(spelling, MASK);
  }
  return scrubbed;
}
