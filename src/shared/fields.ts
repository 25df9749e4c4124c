/** An object of unknown shape: the values from outside that are read field by field. */

export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields: neither a list nor null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
