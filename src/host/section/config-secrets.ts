/** The secrets that a host's config holds, for taking them out of what a host says. Pure. */
import { isObject, type JsonValue } from '../../config/json5/json5.ts';
import { isSecretKey } from '../../config/shown/secret-look.ts';
import { Secret } from '../../shared/secret.ts';

/** Shorter values of variables (characters) are words, and would take words out of a text. */
const MIN_SECRET = 8;

export function configSecrets(
  root: JsonValue | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly Secret[] {
  const values = new Set<string>(
    // Keys of model providers, too, are given to hosts this way.
    Object.entries(env).flatMap(([name, value]) =>
      value && value.length >= MIN_SECRET && isSecretKey(name) ? [value] : [],
    ),
  );
  const visit = (value: JsonValue | undefined, isSecret: boolean): void => {
    if (typeof value === 'string') {
      if (isSecret && value !== '') values.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item as JsonValue, isSecret);
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        visit(item, isSecret || isSecretKey(key) || key === 'env');
      }
    }
  };
  visit(root, false);
  return [...values].map((value) => new Secret(value));
}
