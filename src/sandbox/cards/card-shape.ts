/** A card 2.0 itself, without what is in its elements. */
import { z } from 'zod';
import {
  anything,
  boolean,
  icon,
  layout,
  list,
  localized,
  number,
  oneOf,
  spacing,
  string,
  text,
} from './property-shapes.ts';

const print = z
  .strictObject({
    default: z.number().int().min(1),
    android: number,
    ios: number,
    pc: number,
  })
  .exactOptional();

export const cardShape = z.strictObject({
  schema: z.literal('2.0'),
  config: z
    .strictObject({
      streaming_mode: boolean,
      streaming_config: z
        .strictObject({
          print_frequency_ms: print,
          print_step: print,
          print_strategy: oneOf('fast', 'delay'),
        })
        .exactOptional(),
      summary: z.strictObject({ content: string, i18n_content: localized }).exactOptional(),
      locales: z.array(z.string()).exactOptional(),
      enable_forward: boolean,
      enable_forward_interaction: boolean,
      update_multi: boolean,
      width_mode: oneOf('default', 'compact', 'fill'),
      use_custom_translation: boolean,
      style: z.strictObject({ text_size: localized, color: localized }).exactOptional(),
    })
    .exactOptional(),
  card_link: z
    .strictObject({ url: string, pc_url: string, ios_url: string, android_url: string })
    .exactOptional(),
  header: z
    .strictObject({
      title: text.exactOptional(),
      subtitle: text.exactOptional(),
      text_tag_list: z
        .array(
          z.strictObject({
            tag: z.literal('text_tag'),
            text: text.exactOptional(),
            color: string,
            element_id: string,
          }),
        )
        .max(3)
        .exactOptional(),
      i18n_text_tag_list: anything,
      template: oneOf(
        'blue',
        'wathet',
        'turquoise',
        'green',
        'yellow',
        'orange',
        'red',
        'carmine',
        'violet',
        'purple',
        'indigo',
        'grey',
        'default',
      ),
      icon,
      padding: spacing,
    })
    .exactOptional(),
  body: z.strictObject({ ...layout, elements: list.exactOptional() }).exactOptional(),
});
