/** Random JSON5 documents: random values printed in random styles, with comments. */
import fc from 'fast-check';
import type { JsonValue } from '../../../src/config/json5/json5.ts';

const NAME = /^[A-Za-z_$][\w$]*$/;

const keys = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'channels',
      'feishu',
      'accounts',
      'appId',
      'telegram',
      'default',
      'a',
      'b',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '__proto__',
      'constructor',
      '',
      'my-key',
      'ключ',
      '😀',
      '//',
      '"',
      "'",
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: 'binary' }) },
);

const scalars = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    1,
    -1.5,
    1e21,
    '',
    '// no comment',
    '/* nor this */',
    '{',
    `\${VAR}`,
    "it's",
    'say "hi"',
    'back\\slash',
    'emoji 😀 end',
    'two\nlines',
    '\u2028',
  ),
  fc.string({ maxLength: 8, unit: 'binary' }),
  fc.integer(),
);

/** Values of a config's shape: mostly objects, few levels. */
export const values: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; object: JsonValue }>(
  (tie) => ({
    object: fc
      .array(fc.tuple(keys, tie('value')), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs)),
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      scalars,
      tie('object'),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  }),
).value;

export const objects = fc
  .array(fc.tuple(keys, values), { maxLength: 4 })
  .map((pairs) => Object.fromEntries(pairs) as { readonly [key: string]: JsonValue });

/** A channels section that often has a feishu in it. */
export const configs = fc.record(
  {
    channels: fc.oneof(
      fc.record({ feishu: objects, telegram: objects }, { requiredKeys: [] }),
      fc.record({
        feishu: fc.record(
          { accounts: objects, appId: scalars, list: fc.array(scalars, { maxLength: 3 }) },
          { requiredKeys: [] },
        ),
      }),
    ),
    agents: values,
    default: values,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<{ readonly [key: string]: JsonValue }>;

const styles = fc.record({
  eol: fc.constantFrom('\n', '\r\n'),
  unit: fc.constantFrom('  ', '    ', '\t', ' '),
  quote: fc.constantFrom('"' as const, "'" as const),
  bareKeys: fc.boolean(),
  trailingComma: fc.boolean(),
  bom: fc.boolean(),
  layout: fc.constantFrom('block' as const, 'line' as const, 'mixed' as const),
  comments: fc.boolean(),
  escapes: fc.boolean(),
});

/** A value with one text that says it. */
export function documents(
  of: fc.Arbitrary<JsonValue>,
): fc.Arbitrary<{ value: JsonValue; text: string }> {
  return fc
    .tuple(of, styles, fc.infiniteStream(fc.nat({ max: 99 })))
    .map(([value, style, dice]) => ({
      value,
      text: print(value, style, () => dice.next().value ?? 0),
    }));
}

type Style = typeof styles extends fc.Arbitrary<infer T> ? T : never;

function print(root: JsonValue, style: Style, roll: () => number): string {
  const gap = (): string => {
    if (!style.comments) return '';
    const n = roll();
    if (n < 6) return ' /* { "x": 1, } */ ';
    if (n < 9) return ` // it's "odd" }${style.eol}`;
    if (n < 11) return `/* two${style.eol} lines */`;
    return n < 20 ? ' ' : '';
  };
  const text = (value: string, quote: string): string => {
    let body = JSON.stringify(value).slice(1, -1);
    if (quote === "'")
      body = body
        .replace(/\\(.)/g, (pair, char) => (char === '"' ? '"' : pair))
        .replaceAll("'", "\\'");
    if (style.escapes && roll() < 30)
      body = body.replace(/^[a-z]/, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
    if (style.escapes && roll() < 10) body = `\\${style.eol}${body}`;
    return quote + body + quote;
  };
  const key = (name: string): string => {
    if (style.bareKeys && NAME.test(name)) {
      return style.escapes && roll() < 10
        ? name.replace(/^[a-z]/, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)
        : name;
    }
    return text(name, style.quote);
  };
  const show = (value: JsonValue, indent: string): string => {
    if (typeof value === 'string') return text(value, roll() < 10 ? '"' : style.quote);
    if (
      typeof value === 'number' &&
      Number.isInteger(value) &&
      value >= 0 &&
      value < 1e9 &&
      roll() < 10
    )
      return `0x${value.toString(16)}`;
    if (typeof value === 'number' && value > 0 && roll() < 10) return `+${value}`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const isList = Array.isArray(value);
    const inner = indent + style.unit;
    const items = isList
      ? (value as JsonValue[]).map((item) => show(item, inner))
      : Object.entries(value).map(
          ([name, item]) => `${key(name)}${gap()}:${gap() || ' '}${show(item, inner)}`,
        );
    const [open, close] = isList ? '[]' : '{}';
    if (items.length === 0) return open + gap() + close;
    const isBlock = style.layout === 'block' || (style.layout === 'mixed' && roll() < 50);
    const between = isBlock ? style.eol + inner : ' ';
    const tail = (style.trailingComma ? `${gap()},` : '') + gap();
    return `${open}${gap()}${between}${items.join(`${gap()},${gap()}${between}`)}${tail}${isBlock ? style.eol + indent : ''}${close}`;
  };
  return `${style.bom ? '\uFEFF' : ''}${gap()}${show(root, '')}${gap()}${roll() < 50 ? style.eol : ''}`;
}
