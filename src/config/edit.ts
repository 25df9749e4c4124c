/**
 * Edits of a JSON5 text as text: every byte outside the edit stays as it is.
 *
 * In: a text and what shall stand at which path. Out: the text with the fewest splices that say so,
 * in the file's own indentation, line ends, quotes and comma habit. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import { JsonObjectNode, type JsonPropertyNode } from '@croct/json5-parser';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { formatKey, formatValue, learnStyle, type TextStyle } from './format.ts';
import { type JsonValue, keyOf, parseRoot } from './parse.ts';
import { lineStart, skipSameLineTrivia, skipTrivia } from './trivia.ts';
import { configTexts as texts } from './texts.ts';

export type ConfigEdit =
  | { readonly path: readonly string[]; readonly value: JsonValue }
  | { readonly path: readonly string[]; readonly remove: true };

export interface EditedText {
  readonly text: string;
  readonly changed: boolean;
}

/** Throws `config-unparsable` and `config-invalid` (config). `file` is only named in errors. */
export function planEdit(text: string, edits: readonly ConfigEdit[], file = 'config'): EditedText {
  let edited = text;
  for (const edit of edits) {
    edited = 'remove' in edit ? removeAt(edited, edit.path, file) : setAt(edited, edit.path, edit.value, file);
  }
  return { text: edited, changed: edited !== text };
}

function setAt(text: string, path: readonly string[], value: JsonValue, file: string): string {
  const root = parseRoot(text, file);
  if (!root) {
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
    return setAt(`${text.trim() === '' ? '' : text}{}${eol}`, path, value, file);
  }
  const style = learnStyle(text, root);
  let object = root;
  for (const [depth, key] of path.entries()) {
    const property = lastProperty(object, key);
    if (!property) return insertInto(text, object, key, nest(path.slice(depth + 1), value), style);
    if (depth === path.length - 1) {
      if (isDeepStrictEqual(property.value.toJSON(), value)) return text;
      const { start, end } = property.value.location;
      const indent = indentAt(text, property.location.start.index);
      const written = formatValue(value, style, indent, isMultiline(text, object));
      return splice(text, start.index, end.index, written);
    }
    object = objectAt(property, path.slice(0, depth + 1), file);
  }
  return text;
}

function removeAt(text: string, path: readonly string[], file: string): string {
  let object = parseRoot(text, file);
  for (const [depth, key] of path.entries()) {
    if (!object) return text;
    const property = lastProperty(object, key);
    if (!property) return text;
    if (depth === path.length - 1) {
      // A key written twice is removed twice: else the first one would come back into force.
      return removeAt(removeFrom(text, object, property), path, file);
    }
    object = objectAt(property, path.slice(0, depth + 1), file);
  }
  return text;
}

/** JSON5 lets a key stand twice; the last one counts. */
function lastProperty(object: JsonObjectNode, key: string): JsonPropertyNode | undefined {
  return object.properties.findLast((property) => keyOf(property) === key);
}

function objectAt(property: JsonPropertyNode, path: readonly string[], file: string): JsonObjectNode {
  if (property.value instanceof JsonObjectNode) return property.value;
  throw new MoltbotFeishuError({
    code: 'config-invalid',
    exitCode: ExitCode.config,
    what: message(texts.notObject, { path: file, key: path.join('.') }),
    fix: message(texts.invalidFix, { key: path.join('.'), path: file }),
  });
}

function nest(path: readonly string[], value: JsonValue): JsonValue {
  return path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value);
}

function splice(text: string, from: number, to: number, insertion: string): string {
  return text.slice(0, from) + insertion + text.slice(to);
}

/** The whitespace that the line of this position begins with. */
function indentAt(text: string, index: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, index), index))?.[0] ?? '';
}

function isMultiline(text: string, object: JsonObjectNode): boolean {
  const first = object.properties[0];
  const { start, end } = object.location;
  return /[\r\n]/.test(text.slice(start.index, first ? first.location.start.index : end.index)) || !first;
}

function insertInto(text: string, object: JsonObjectNode, key: string, value: JsonValue, style: TextStyle): string {
  const open = object.location.start.index;
  const close = object.location.end.index - 1;
  const last = object.properties.at(-1);
  const multiline = isMultiline(text, object);
  const outer = indentAt(text, open);
  const indent = multiline && last ? indentAt(text, last.location.start.index) : outer + style.unit;
  const name = formatKey(key, style, object);
  const property = `${name}: ${formatValue(value, style, indent, multiline)}`;

  if (!last) {
    const inside = text.slice(open + 1, close);
    const kept = inside.trimEnd();
    const comma = style.trailingComma ? ',' : '';
    return splice(text, open + 1 + kept.length, close, `${style.eol}${indent}${property}${comma}${style.eol}${outer}`);
  }
  const end = last.location.end.index;
  const afterTrivia = skipTrivia(text, end);
  const hasComma = text[afterTrivia] === ',';
  if (!multiline) {
    return hasComma
      ? splice(text, afterTrivia + 1, afterTrivia + 1, ` ${property},`)
      : splice(text, end, end, `, ${property}`);
  }
  const lineEnd = skipSameLineTrivia(text, hasComma ? afterTrivia + 1 : end);
  const line = `${style.eol}${indent}${property}`;
  // What follows on the closing brace's own line must not be swallowed by it.
  const tail = text[lineEnd] === '}' ? style.eol + outer : '';
  return hasComma
    ? splice(text, lineEnd, lineEnd, `${line},${tail}`)
    : `${text.slice(0, end)},${text.slice(end, lineEnd)}${line}${tail}${text.slice(lineEnd)}`;
}

function removeFrom(text: string, object: JsonObjectNode, property: JsonPropertyNode): string {
  const index = object.properties.indexOf(property);
  const previous = object.properties[index - 1];
  const start = property.location.start.index;
  const end = property.location.end.index;
  const comma = skipTrivia(text, end);
  const hasComma = text[comma] === ',';
  let to = hasComma ? comma + 1 : end;
  const begin = lineStart(text, start);
  const ownLine = text.slice(begin, start).trim() === '';
  const afterLine = skipSameLineTrivia(text, to);
  const endsLine = /^(\r\n|\n|\r)/.exec(text.slice(afterLine))?.[0];
  let from = start;
  if (ownLine && endsLine) {
    from = begin;
    to = afterLine + endsLine.length;
  } else {
    // In one line: the blank before it goes along.
    while (from > 0 && /[ \t]/.test(text[from - 1] ?? '') && previous) from--;
  }
  if (hasComma || !previous) return splice(text, from, to, '');
  // It was the last and had no comma: the one before it must not keep a comma that strict JSON refuses.
  const previousComma = skipTrivia(text, previous.location.end.index);
  return text.slice(0, previousComma) + text.slice(previousComma + 1, from) + text.slice(to);
}
