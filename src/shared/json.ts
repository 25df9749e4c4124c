/** JSON from elsewhere. */

/** The value of a JSON text; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an ordinary answer: what was expected instead, the caller says.
    return undefined;
  }
}
