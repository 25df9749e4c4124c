/** The operations of CardKit on a card, each as a change of its JSON. A card is changed or left as it is. */
import { isFields } from '../../shared/fields.ts';
import { type CardFault, type CardKitCode, cardFault, kitFault } from './card-faults.ts';
import {
  type AddingMode,
  addElements,
  type CardJson,
  placeOf,
  removeAt,
  replaceAt,
} from './card-tree.ts';

/** Changes the card, or says what is wrong. */
export type Operation = (card: CardJson) => CardFault | undefined;

const invalid = (what: string): CardFault => cardFault(10002, what);

/** The whole text of a text element; the only call that needs streaming. */
export function writeContent(elementId: string, content: string): Operation {
  return (card) => {
    const place = placeOf(card, elementId);
    if (!place) return cardFault(300313, `element ${elementId} is not found`);
    const { tag } = place.element;
    if (tag !== 'markdown' && tag !== 'plain_text') return kitFault(300310);
    place.element.content = content;
    return undefined;
  };
}

export function addTo(mode: unknown, targetId: string, elements: unknown): Operation {
  return (card) => {
    if (!isAddingMode(mode)) return invalid('type is invalid');
    if (!Array.isArray(elements)) return cardFault(300315, 'elements is not a list');
    if (addElements(card, mode, targetId, elements)) return undefined;
    return cardFault(300315, `target element ${targetId} is not found`);
  };
}

export function replaceElement(elementId: string, element: unknown): Operation {
  return (card) => {
    const place = placeOf(card, elementId);
    if (!place) return cardFault(300121, `element ${elementId} is not found`);
    if (!isFields(element)) return cardFault(300121, 'element is not an object');
    replaceAt(place, { element_id: elementId, ...element });
    return undefined;
  };
}

export function patchElement(elementId: string, partial: unknown): Operation {
  return (card) => {
    const place = placeOf(card, elementId);
    if (!place) return cardFault(300313, `element ${elementId} is not found`);
    if (!isFields(partial)) return cardFault(300313, 'partial_element is not an object');
    if (partial.tag !== undefined && partial.tag !== place.element.tag) return kitFault(300312);
    replaceAt(place, { ...place.element, ...partial });
    return undefined;
  };
}

export function deleteElement(elementId: string): Operation {
  return (card) => {
    const place = placeOf(card, elementId);
    if (place && removeAt(place)) return undefined;
    return cardFault(300314, `element ${elementId} is not found`);
  };
}

/** `{config?, card_link?}`; fields of `config` without that level are taken, too (observed). */
export function changeSettings(settings: unknown): Operation {
  return (card) => {
    if (!isFields(settings)) return cardFault(300122, 'settings is not an object');
    const { config, card_link, ...bare } = settings;
    if (config !== undefined && !isFields(config))
      return cardFault(300122, 'config is not an object');
    card.config = { ...(isFields(card.config) && card.config), ...bare, ...config };
    if (card_link !== undefined) card.card_link = card_link;
    return undefined;
  };
}

/** How a change opens streaming: settings that say so count the ten minutes from this moment. */
export type Opening = 'now' | 'if-closed';

export function openingBy(settings: unknown): Opening | undefined {
  if (!isFields(settings)) return undefined;
  const config = isFields(settings.config) ? settings.config : settings;
  return config.streaming_mode === true ? 'now' : undefined;
}

const isAddingMode = (mode: unknown): mode is AddingMode =>
  mode === 'insert_before' || mode === 'insert_after' || mode === 'append';

/** One step of `batch_update`. */
export interface Step {
  readonly operation: Operation;
  /** The code for what no other code is for. */
  readonly code: CardKitCode;
  readonly opens: Opening | undefined;
}

/** The steps that `actions` names; `undefined` where one of them is no action. */
export function stepsOf(actions: unknown): readonly Step[] | undefined {
  if (!Array.isArray(actions) || actions.length === 0) return undefined;
  const steps = actions.flatMap(stepOf);
  return steps.some((step) => step === undefined) ? undefined : (steps as Step[]);
}

function stepOf(action: unknown): readonly (Step | undefined)[] {
  if (!isFields(action) || !isFields(action.params)) return [undefined];
  const { params } = action;
  const text = (name: string): string => {
    const value = params[name];
    return typeof value === 'string' ? value : '';
  };
  const step = (code: CardKitCode, operation: Operation, opens?: Opening): Step[] => [
    { operation, code, opens },
  ];
  const id = text('element_id');
  switch (action.action) {
    case 'partial_update_setting':
      return step(300122, changeSettings(params.settings), openingBy(params.settings));
    case 'add_elements':
      return step(300315, addTo(params.type, text('target_element_id'), params.elements));
    case 'delete_elements': {
      const ids = Array.isArray(params.element_ids) ? params.element_ids : [undefined];
      return ids.flatMap((each) =>
        typeof each === 'string' ? step(300314, deleteElement(each)) : [undefined],
      );
    }
    case 'partial_update_element':
      return step(300313, patchElement(id, params.partial_element));
    case 'update_element':
      return step(300121, replaceElement(id, params.element));
    default:
      return [undefined];
  }
}
