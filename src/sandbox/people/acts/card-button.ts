/** A button of a card, as the client reports it when a person uses it. */
import { isFields } from '../../../shared/fields.ts';
import { parseObject } from '../../http/call.ts';

/** What the client knows of the component that was used. */
export interface CardAction {
  /** Default: `button`. */
  readonly tag?: string;
  /** The value of the component, as the card has it. */
  readonly value?: unknown;
  readonly name?: string;
  readonly option?: string;
  readonly options?: readonly string[];
  readonly input_value?: string;
  readonly checked?: boolean;
  readonly form_value?: Readonly<Record<string, unknown>>;
  readonly timezone?: string;
}

/** The button with this label. Throws RangeError where there is none that calls the app. */
export function buttonOf(content: string, label: string): CardAction {
  const [button] = buttonsIn(parseObject(content)).filter(({ text }) => textOf(text) === label);
  if (!button) throw new RangeError(`the card has no button ${label}`);
  if (button.disabled === true) throw new RangeError(`the button ${label} is disabled`);
  const behaviors = Array.isArray(button.behaviors) ? button.behaviors.filter(isFields) : undefined;
  const callback = behaviors?.find(({ type }) => type === 'callback');
  const submits = button.form_action_type === 'submit';
  if (behaviors && !callback && !submits) {
    throw new RangeError(`the button ${label} does not call the app`);
  }
  const value = callback?.value ?? button.value;
  return {
    tag: 'button',
    ...(value !== undefined && { value }),
    ...(typeof button.name === 'string' && { name: button.name }),
    ...(submits && { form_value: {} }),
  };
}

function buttonsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(buttonsIn);
  if (!isFields(value)) return [];
  return [...(value.tag === 'button' ? [value] : []), ...Object.values(value).flatMap(buttonsIn)];
}

function textOf(text: unknown): unknown {
  return isFields(text) ? text.content : undefined;
}
