/** Edits of a config as a text: every byte outside of the edit stays as it is. Pure. */
import { trimEndOf } from '../shared/text/trim-end.ts';
import { configError } from './config-errors.ts';
import { sameJson, updated } from './json5/json-update.ts';
import {
  type ArrayNode,
  type Json5Node,
  type JsonValue,
  jsonOf,
  type Member,
  memberOf,
  type ObjectNode,
} from './json5/json5.ts';
import { appendItem, removeItem, replaceRange } from './json5/splice.ts';
import {
  formatKey,
  formatValue,
  indentAt,
  isBlock,
  learnStyle,
  styleWithin,
  type TextStyle,
} from './json5/style.ts';
import { notAnObject, parseRoot } from './source/parse.ts';

/** Sets a property, creating the objects on its path that are missing, or removes it. */
export type ConfigEdit =
  | { readonly path: readonly string[]; readonly value: JsonValue }
  | { readonly path: readonly string[]; readonly remove: true };

/**
 * The text with the edits made, in its own indentation, line ends, quotes and commas.
 *
 * A value that is already right keeps its spelling. Of a key that occurs twice, the last one is
 * edited, since that one counts. A text without content becomes a new object.
 *
 * @param file named in errors
 * @throws MoltbotFeishuError (exit 5) `config-unparsable`; `config-invalid` when the root, or what
 *   an edit leads through, is no object; `config-edit-failed` when the result would not say exactly
 *   what was asked (nothing is lost: the result is not returned)
 */
export function planEdit(
  text: string,
  edits: readonly ConfigEdit[],
  file = 'config',
): { readonly text: string; readonly changed: boolean } {
  const before = parseRoot(text, file);
  let root = before;
  let current = text;
  let expected: JsonValue = before ? jsonOf(before) : {};
  for (const edit of edits) {
    expected = updated(expected, edit.path, 'value' in edit ? edit.value : undefined);
    for (const step of stepsOf(current, root, edit)) {
      const next = editOnce(current, root, step, file);
      if (next === current) continue;
      current = next;
      root = parseRoot(current, file);
    }
  }
  if (current !== text) verify(root, expected, file);
  return { text: current, changed: current !== text };
}

/** A list with comments that loses items and gets others does so in two steps: the comments stay. */
function stepsOf(
  text: string,
  root: ObjectNode | undefined,
  edit: ConfigEdit,
): readonly ConfigEdit[] {
  if (!('value' in edit) || !Array.isArray(edit.value)) return [edit];
  const value: readonly JsonValue[] = edit.value;
  const node = edit.path.reduce<Json5Node | undefined>((at, key) => memberOf(at, key)?.node, root);
  if (node?.kind !== 'array' || !hasComments(text, node)) return [edit];
  const { kept, gone } = compared(node, value);
  if (gone.length === 0 || kept === value.length) return [edit];
  return [{ path: edit.path, value: value.slice(0, kept) }, edit];
}

/** Defence in depth: what would be written says what was asked, and nothing else moved. */
function verify(root: Json5Node | undefined, expected: JsonValue, file: string): void {
  if (root && sameJson(jsonOf(root), expected)) return;
  throw configError('editFailed', { path: file }, { details: { path: file } });
}

function editOnce(
  text: string,
  root: ObjectNode | undefined,
  edit: ConfigEdit,
  file: string,
): string {
  const [first, ...rest] = edit.path;
  if (first === undefined) throw new TypeError('an edit needs a path');
  if (!root) return 'value' in edit ? newDocument(text, nest(edit.path, edit.value)) : text;
  let object = root;
  let key = first;
  for (const [depth, next] of rest.entries()) {
    const member = memberOf(object, key);
    const isNothing = member?.node.kind === 'scalar' && member.node.value === null;
    if (!member || isNothing) {
      if (!('value' in edit)) return text;
      return setMember(text, root, object, key, nest(edit.path.slice(depth + 1), edit.value));
    }
    if (member.node.kind !== 'object') {
      throw notAnObject(file, edit.path.slice(0, depth + 1).join('.'), jsonOf(member.node));
    }
    object = member.node;
    key = next;
  }
  return 'value' in edit
    ? setMember(text, root, object, key, edit.value)
    : removeKey(text, object, key);
}

function setMember(
  text: string,
  root: ObjectNode,
  object: ObjectNode,
  key: string,
  value: JsonValue,
): string {
  const member = memberOf(object, key);
  if (member) return setValue(text, root, member, value);
  const style = learnStyle(text, root);
  return appendItem(text, object, style, (indent, block) =>
    memberText(key, value, styleWithin(style, object), indent, block),
  );
}

function memberText(
  key: string,
  value: JsonValue,
  style: TextStyle,
  indent: string,
  block: boolean,
): string {
  return `${formatKey(key, style)}:${style.space}${formatValue(value, style, indent, block)}`;
}

/** The value of a member, touched no more than it differs. */
function setValue(
  text: string,
  root: ObjectNode,
  { node, start }: Pick<Member, 'node' | 'start'>,
  value: JsonValue,
): string {
  const old = jsonOf(node);
  if (sameJson(old, value)) return text;
  const style = learnStyle(text, root);
  const isList = node.kind === 'array' && Array.isArray(value);
  const list = isList ? setList(text, style, node, value as readonly JsonValue[]) : undefined;
  if (list !== undefined) return list;
  const block =
    style.multiline && (node.kind === 'scalar' || node.items.length === 0 || isBlock(text, node));
  const indent = indentAt(text, start);
  const inner = styleWithin(style, node);
  const written =
    isList && value.length > 0 && isBlock(text, node)
      ? blockArray(value as readonly JsonValue[], inner, indent)
      : formatValue(value, inner, indent, block);
  return replaceRange(text, node.start, node.end, written);
}

/**
 * The text of a list to which items are added at the end, or of which items are removed: the others
 * keep their spelling and their comments. `undefined` for any other change.
 */
function setList(
  text: string,
  style: TextStyle,
  node: ArrayNode,
  value: readonly JsonValue[],
): string | undefined {
  const { kept, gone } = compared(node, value);
  const added = value.slice(kept);
  if (added.length === 0 && (kept > 0 || hasComments(text, node))) {
    return removeItem(text, node, gone);
  }
  const isBare = node.items.length === 0 && !hasComments(text, node);
  if (gone.length > 0 || isBare) return undefined;
  return appendItem(text, node, style, (indent, block) =>
    added
      .map((item) => formatValue(item, style, indent, block))
      .join(isBlock(text, node) ? `,${style.eol}${indent}` : `,${style.space}`),
  );
}

/**
 * Which items of a list stay: as many as the value begins with, in their order.
 *
 * @returns `kept`: how many; `gone`: the indices of the others
 */
function compared(
  node: ArrayNode,
  value: readonly JsonValue[],
): { readonly kept: number; readonly gone: readonly number[] } {
  const gone: number[] = [];
  let kept = 0;
  for (const [index, item] of node.items.entries()) {
    if (sameJson(jsonOf(item.node), value[kept])) kept += 1;
    else gone.push(index);
  }
  return { kept, gone };
}

/** Whether there are comments between the items of a list. */
function hasComments(text: string, { start, end, items }: ArrayNode): boolean {
  const from = [start, ...items.map((item) => item.end)];
  const to = [...items.map((item) => item.start), end];
  return from.some((index, gap) => text.slice(index, to[gap]).includes('/'));
}

/** A list that stood on lines of its own keeps doing so. */
function blockArray(value: readonly JsonValue[], style: TextStyle, indent: string): string {
  const inner = style.eol + indent + style.unit;
  const items = value.map((item) => formatValue(item, style, indent + style.unit, true));
  return `[${inner}${items.join(`,${inner}`)}${style.trailingComma ? ',' : ''}${style.eol}${indent}]`;
}

function removeKey(text: string, object: ObjectNode, key: string): string {
  // All of them: an earlier one would come back to count.
  const indices = object.items.flatMap((member, index) => (member.key === key ? [index] : []));
  return removeItem(text, object, indices);
}

function nest(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
}

function newDocument(text: string, value: JsonValue): string {
  const style = learnStyle(text, undefined);
  const kept = trimEndOf(text, ' \t\r\n');
  const gap = kept === '' || kept === '\uFEFF' ? '' : style.eol;
  return `${kept}${gap}${formatValue(value, style, '', true)}${style.eol}`;
}
