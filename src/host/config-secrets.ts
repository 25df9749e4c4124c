/** The secrets that a host's config holds, for taking them out of what a host says. Pure. */
import { isObject, type JsonValue } from '../config/json5.ts';
import { isSecretKey } from '../config/mask.ts';
import { Secret } from '../shared/secret.ts';

export function configSecrets(
  root: JsonValue | undefined,
  env: Readonly<Record<string, string | undefined>>,
): readonly Secret[] {
  const values = new Set<string>(env.FEISHU_APP_SECRET ? [env.FEISHU_APP_SECRET] : []);
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
