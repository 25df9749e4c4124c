import { contentTexts as texts } from '../content-texts.ts';
import type { ContentType } from '../content-type.ts';
import { plain } from '../pieces/piece.ts';
import { labelled } from '../pieces/placeholder.ts';
import { asArray, asObject, asText, type Fields } from '../untyped.ts';

/**
 * A component of a card that a person used. A button whose value names a command is that command;
 * anything else is readable: `[button: approve, amount: 3]`.
 */
export const actionType: ContentType = {
  names: ['action'],
  read(content, { lang }) {
    const action = asObject(content);
    const command = commandOf(action.value);
    if (command !== '') return [plain(command)];
    return labelled(texts.action, [asText(action.name), ...details(action)], lang);
  },
};

/** What a menu entry says is its event_key. */
export const menuType: ContentType = {
  names: ['menu'],
  read: (content) => [plain(asText(asObject(content).event_key))],
};

const MAX_DETAILS = 50;

function commandOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  const { command, callback_data: data, text } = asObject(value);
  return [command, data, text].map((said) => asText(said).trim()).find(Boolean) ?? '';
}

function details(action: Fields): readonly string[] {
  const { option, options, input_value: input, checked, value, form_value: form } = action;
  const chosen = [option, ...asArray(options), input].map(shown).filter(Boolean);
  const ticked = typeof checked === 'boolean' ? [String(checked)] : [];
  const named = [value, form].flatMap((fields) =>
    Object.entries(asObject(fields)).map(([name, given]) => `${name}: ${shown(given)}`),
  );
  return [...chosen, ...ticked, ...named].slice(0, MAX_DETAILS);
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
