/** A config's text to a tree; a fault with line, column and the line itself. */

import type { MoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, localize, verbatim } from '../../shared/text/text.ts';
import { configError } from '../config-errors.ts';
import { configTexts as texts } from '../config-texts.ts';
import {
  Json5Error,
  type Json5Node,
  type JsonValue,
  jsonOf,
  type ObjectNode,
  parseJson5,
} from '../json5/json5.ts';
import { shownKey, shownValue } from '../shown/mask.ts';
import { structureOf } from '../shown/structure.ts';

/**
 * Trees of the texts parsed last, the newest at the end: one change reads and plans the same texts
 * several times over, and a large config takes a third of a second each time. Trees never change.
 */
const recent = new Map<string, Json5Node | undefined>();
const MAX_RECENT = 8;

function parseOnce(text: string): Json5Node | undefined {
  const tree = recent.has(text) ? recent.get(text) : parseJson5(text);
  recent.delete(text);
  recent.set(text, tree);
  const [oldest] = recent.keys();
  if (recent.size > MAX_RECENT && oldest !== undefined) recent.delete(oldest);
  return tree;
}

/**
 * The tree of a text; `undefined` for a text without content.
 *
 * @param path named in the error
 * @throws MoltbotFeishuError `config-unparsable` (exit 5; details: path, line, column, source)
 */
export function parseTree(text: string, path: string): Json5Node | undefined {
  try {
    return parseOnce(text);
  } catch (error) {
    if (!(error instanceof Json5Error)) throw error;
    const { line, column, source } = lineAt(text, error.index);
    const shown = structureOf(source, column - 1);
    const details = { path, line, column, source: shown };
    throw configError('unparsable', { ...details, problem: error.problem }, { details });
  }
}

/** The object at the root; a text without content counts as an empty object. Throws also `config-invalid`. */
export function parseRoot(text: string, path: string): ObjectNode | undefined {
  const tree = parseTree(text, path);
  if (tree === undefined || tree.kind === 'object') return tree;
  throw notAnObject(path, '', jsonOf(tree));
}

/** `config-invalid` (exit 5; details: path, key) for a place that must be an object. */
export function notAnObject(path: string, key: string, found: JsonValue): MoltbotFeishuError {
  const name = key === '' ? texts.wholeFile : verbatim(key.split('.').map(shownKey).join('.'));
  const params = {
    path,
    key: asLocalized(name),
    found: shownValue(found),
    allowed: localize(texts.anObject),
  };
  return configError('invalid', params, { details: { path, key } });
}

/** Line and column count from 1, the column in UTF-16 units; a BOM takes no column. */
function lineAt(text: string, index: number): { line: number; column: number; source: string } {
  const before = text.slice(0, index).split(/\r\n|\n|\r/);
  const start = index - (before.at(-1) ?? '').length;
  const source = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const bom = before.length === 1 && text.startsWith('\uFEFF') ? 1 : 0;
  return {
    line: before.length,
    column: Math.max(1, index - start + 1 - bom),
    source: source.replace('\uFEFF', ''),
  };
}
