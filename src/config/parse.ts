/** JSON5 text to a tree with source positions; a fault with line, column and the line itself. */
import { JsonObjectNode, JsonParseError, JsonParser, type JsonPropertyNode } from '@croct/json5-parser';
import { ExitCode, MoltbotFeishuError } from '../shared/errors.ts';
import { message } from '../shared/text.ts';
import { maskSecretsInText } from './mask.ts';
import { configTexts as texts } from './texts.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

const BOM = '\uFEFF';

/** The tree of a text; `undefined` for a text without content. Throws `config-unparsable` (config). */
export function parseTree(text: string, path: string): ReturnType<typeof JsonParser.parse> | undefined {
  const body = text.startsWith(BOM) ? ` ${text.slice(1)}` : text;
  if (body.trim() === '') return undefined;
  try {
    return JsonParser.parse(body);
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error;
    const { line, column } = error.location.start;
    const source = body.split(/\r\n|\n|\r/)[line - 1] ?? '';
    throw new MoltbotFeishuError({
      code: 'config-unparsable',
      exitCode: ExitCode.config,
      what: message(texts.unparsable, {
        path,
        line,
        column: column + 1,
        problem: maskSecretsInText(error.message),
      }),
      fix: message(texts.unparsableFix, { source: maskSecretsInText(source.trim()) }),
      details: { line, column: column + 1, source: maskSecretsInText(source) },
    });
  }
}

/** The object at the root; an empty text counts as an empty object. */
export function parseRoot(text: string, path: string): JsonObjectNode | undefined {
  const tree = parseTree(text, path);
  if (tree === undefined || tree instanceof JsonObjectNode) return tree;
  throw new MoltbotFeishuError({
    code: 'config-invalid',
    exitCode: ExitCode.config,
    what: message(texts.notObject, { path, key: '/' }),
  });
}

export function keyOf(property: JsonPropertyNode): string {
  return String(property.key.toJSON());
}
