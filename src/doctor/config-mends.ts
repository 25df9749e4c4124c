/** What is mended in the config file itself: one edit, written as the wizard writes. */
import { applyConfigChange } from '../config/change.ts';
import type { ConfigEdit } from '../config/edit.ts';
import { valueAt } from '../config/json-update.ts';
import type { ConfigDocument } from '../config/read.ts';
import { type Message, message } from '../shared/text.ts';
import type { Mend } from './check.ts';
import { configCheckTexts as texts } from './config-texts.ts';
import type { DoctorContext } from './context.ts';

export function configEditMend(
  { location, env }: Pick<DoctorContext, 'location' | 'env'>,
  text: Message,
  edits: readonly ConfigEdit[],
): Mend {
  return {
    id: `config ${edits.map(({ path }) => path.join('.')).join(' ')}`,
    text,
    async apply(signal) {
      await applyConfigChange(location, edits, { env, signal });
    },
  };
}

/** An unknown key that means a known one: it gets that name, unless that one is there already. */
export function renameMend(
  { params }: Message,
  { merged }: ConfigDocument,
  context: Pick<DoctorContext, 'location' | 'env'>,
): Mend | undefined {
  const { key, near } = params;
  if (typeof key !== 'string' || typeof near !== 'string') return undefined;
  const path = key.split('.');
  const target = [...path.slice(0, -1), near];
  const value = valueAt(merged, path);
  // A dot within a name leads nowhere: then a person must look.
  if (value === undefined || valueAt(merged, target) !== undefined) return undefined;
  const text = message(texts.mendKey, { key, near, path: context.location.path });
  return configEditMend(context, text, [
    { path, remove: true },
    { path: target, value },
  ]);
}
