/** Fixes in the config file: one edit, written the way the wizard writes. */
import { applyConfigChange } from '../../config/change/change.ts';
import type { ConfigEdit } from '../../config/edit.ts';
import { valueAt } from '../../config/json5/json-update.ts';
import type { ConfigDocument } from '../../config/read.ts';
import { type LocalizedText, localize } from '../../shared/text/text.ts';
import type { Fix } from '../check.ts';
import type { DoctorContext } from '../context.ts';
import { configCheckTexts as texts } from './config-check-texts.ts';

export function configEditFix(
  { location, env }: Pick<DoctorContext, 'location' | 'env'>,
  text: LocalizedText,
  edits: readonly ConfigEdit[],
): Fix {
  return {
    id: `config ${edits.map(({ path }) => path.join('.')).join(' ')}`,
    text,
    async apply(signal) {
      await applyConfigChange(location, edits, { env, signal });
    },
  };
}

/**
 * Misspelt keys get their right name, where that changes no meaning and takes no other key's place.
 * A dot within a name leads nowhere: then a person must look.
 */
export function renameFixes(
  { merged, warnings }: ConfigDocument,
  context: Pick<DoctorContext, 'location' | 'env'>,
): readonly Fix[] {
  const taken = new Set<string>();
  return warnings.flatMap(({ path, renameTo }) => {
    if (renameTo === undefined) return [];
    const target = [...path.slice(0, -1), renameTo];
    const value = valueAt(merged, path);
    const isFree = valueAt(merged, target) === undefined && !taken.has(target.join('\0'));
    if (value === undefined || !isFree) return [];
    taken.add(target.join('\0'));
    const params = { key: path.join('.'), near: renameTo, path: context.location.path };
    return configEditFix(context, localize(texts.fixKey, params), [
      { path, remove: true },
      { path: target, value },
    ]);
  });
}
