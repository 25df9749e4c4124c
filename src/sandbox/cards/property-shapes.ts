/** The kinds of properties that components of a card 2.0 share. */
import { z } from 'zod';

export const string = z.string().exactOptional();
export const boolean = z.boolean().exactOptional();
export const number = z.number().exactOptional();
export const anything = z.unknown().exactOptional();
const size = z.union([z.string(), z.number()]).exactOptional();
export const oneOf = (...values: string[]) => z.enum(values).exactOptional();
export const localized = z.record(z.string(), z.unknown()).exactOptional();
export const list = z.array(z.unknown());

/** `8px`, or up to four of them, each from -99 to 99. */
export const spacing = z
  .string()
  .regex(/^-?\d{1,2}px( -?\d{1,2}px){0,3}$/)
  .exactOptional();
export const gap = z
  .string()
  .regex(/^(?:small|medium|large|extra_large|\d{1,2}px)$/)
  .exactOptional();
export const horizontal = oneOf('left', 'center', 'right');
export const vertical = oneOf('top', 'center', 'bottom');

export const common = { tag: z.string(), element_id: string, margin: spacing };
export const layout = {
  direction: oneOf('vertical', 'horizontal'),
  padding: spacing,
  horizontal_spacing: gap,
  horizontal_align: horizontal,
  vertical_spacing: gap,
  vertical_align: vertical,
};

export const icon = z
  .discriminatedUnion('tag', [
    z.strictObject({ tag: z.literal('standard_icon'), token: z.string(), color: string, size }),
    z.strictObject({ tag: z.literal('custom_icon'), img_key: z.string(), size }),
  ])
  .exactOptional();

export const texts = {
  content: z.string(),
  i18n_content: localized,
  text_size: string,
  text_align: horizontal,
  text_color: string,
  lines: number,
  icon,
  element_id: string,
};
export const plainText = z.strictObject({ tag: z.literal('plain_text'), ...texts });
export const text = z.strictObject({ tag: z.enum(['plain_text', 'lark_md']), ...texts });
export const confirm = z.strictObject({ title: plainText, text: plainText }).exactOptional();
export const behaviors = z
  .array(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.literal('callback'),
        value: z.union([z.string(), z.record(z.string(), z.unknown())]).exactOptional(),
      }),
      z.strictObject({
        type: z.literal('open_url'),
        default_url: string,
        pc_url: string,
        ios_url: string,
        android_url: string,
      }),
      z.strictObject({ type: z.literal('form_action'), behavior: z.enum(['submit', 'reset']) }),
    ]),
  )
  .exactOptional();

export const states = {
  disabled: boolean,
  disabled_tips: text.exactOptional(),
  hover_tips: text.exactOptional(),
};
/** What a person gives: part of a form, or a callback of its own. */
export const field = {
  name: string,
  required: boolean,
  ...states,
  width: string,
  value: anything,
  confirm,
  behaviors,
};
export const select = {
  ...field,
  type: oneOf('default', 'text'),
  placeholder: text.exactOptional(),
};
export const option = z.strictObject({ text: plainText, value: z.string(), icon });
export const personOption = z.strictObject({ value: z.string() });

export const column = z.strictObject({
  name: z.string().min(1),
  display_name: string,
  i18n_display_name: localized,
  data_type: z.enum(['text', 'lark_md', 'markdown', 'number', 'options', 'persons', 'date']),
  width: string,
  vertical_align: vertical,
  horizontal_align: horizontal,
  format: z.strictObject({ precision: number, symbol: string, separator: boolean }).exactOptional(),
  date_format: string,
});
