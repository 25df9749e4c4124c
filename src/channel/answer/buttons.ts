/** Buttons below a text, in rows. */
import type { Text } from '../../shared/text/text.ts';

export interface ChoiceButton {
  /** One label for all readers, or one a language. */
  readonly text: string | Text;
  /** What a press says in the name of the person who presses; default: the label. */
  readonly value?: string | undefined;
  readonly style?: 'default' | 'primary' | 'danger' | undefined;
  /** A press opens this address instead (http or https). */
  readonly url?: string | undefined;
  /** Each press counts, and the buttons stay. */
  readonly isReusable?: boolean | undefined;
  /** The label says what the command behind it does: a press needs no second look. */
  readonly isPlain?: boolean | undefined;
}

export type ButtonRows = readonly (readonly ChoiceButton[])[];
