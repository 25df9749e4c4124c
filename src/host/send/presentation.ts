/**
 * A message with controls as OpenClaw writes it for every channel: its text, and its buttons. Pure.
 *
 * Read from openclaw@2026.9.6, interactive/payload. What is not known there is left out.
 */
import { z } from 'zod';
import type { ButtonRows, ChoiceButton } from '../../channel/answer/buttons.ts';
import { approvalRows, isDecision } from './approval-text.ts';

export interface Presented {
  readonly text: string;
  readonly rows: ButtonRows;
}

const MAX_BLOCKS = 200;
const BUTTONS_PER_ROW = 3;

const text = z.string().catch('');
const optionalText = z.string().optional().catch(undefined);

const controlSchema = z.object({
  label: optionalText,
  text: optionalText,
  value: optionalText,
  url: optionalText,
  style: optionalText,
  disabled: z.boolean().optional().catch(undefined),
  reusable: z.boolean().optional().catch(undefined),
  action: z.looseObject({ type: text }).optional().catch(undefined),
});
type Control = z.infer<typeof controlSchema>;

const controls = z.array(controlSchema.catch({})).max(MAX_BLOCKS).catch([]);

const blockSchema = z.object({
  type: text,
  text,
  placeholder: text,
  buttons: controls,
  options: controls,
});

const presentationSchema = z.object({
  title: text,
  blocks: z.array(blockSchema.optional().catch(undefined)).max(MAX_BLOCKS).catch([]),
});

/** `undefined` for what is no presentation, or an empty one. */
export function presentedIn(presentation: unknown): Presented | undefined {
  const parsed = presentationSchema.safeParse(presentation);
  if (!parsed.success) return undefined;
  const { title, blocks } = parsed.data;
  const texts = [title === '' ? '' : `**${title}**`];
  const rows: ChoiceButton[][] = [];
  for (const block of blocks) {
    if (!block) continue;
    if (block.type === 'text' || block.type === 'context') texts.push(block.text);
    if (block.type === 'divider') texts.push('---');
    if (block.type === 'select') texts.push(block.placeholder);
    const buttons = [...block.buttons, ...block.options]
      .map(buttonOf)
      .filter((one) => one !== null);
    for (let at = 0; at < buttons.length; at += BUTTONS_PER_ROW) {
      rows.push(buttons.slice(at, at + BUTTONS_PER_ROW));
    }
  }
  const shown = texts.filter((part) => part.trim() !== '').join('\n\n');
  return shown === '' && rows.length === 0 ? undefined : { text: shown, rows };
}

function buttonOf(control: Control): ChoiceButton | null {
  const label = control.label ?? control.text ?? '';
  if (label.trim() === '' || control.disabled === true) return null;
  const style = styleOf(control.style);
  const shared = { text: label, style, isReusable: control.reusable === true };
  const { action } = control;
  switch (action?.type) {
    case undefined:
      return control.url ? { ...shared, url: control.url } : { ...shared, value: control.value };
    case 'command':
      return { ...shared, value: textOf(action.command) };
    case 'callback':
      return { ...shared, value: textOf(action.value) };
    case 'question':
      return { ...shared, value: textOf(action.optionValue) };
    case 'url':
    case 'web-app': {
      const url = textOf(action.url);
      return url === undefined ? null : { ...shared, url };
    }
    case 'approval': {
      const { approvalId, decision } = action;
      if (typeof approvalId !== 'string' || !isDecision(decision)) return null;
      return approvalRows(approvalId, [decision])[0]?.[0] ?? null;
    }
    default:
      return null;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function styleOf(style: string | undefined): ChoiceButton['style'] {
  if (style === 'danger') return 'danger';
  return style === 'primary' || style === 'success' ? 'primary' : 'default';
}
