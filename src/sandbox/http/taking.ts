/** A control call whose input is checked before it acts. */
import type { z } from 'zod';

export function taking<T>(
  schema: z.ZodType<T>,
  act: (input: T) => unknown,
): (input: unknown) => unknown {
  return (input) => act(schema.parse(input));
}
