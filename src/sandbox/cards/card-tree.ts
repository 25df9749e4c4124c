/** A card as a tree: finding components by their element_id, putting new ones beside them. */
import { isFields } from '../../shared/fields.ts';

export type CardJson = Record<string, unknown>;

/** A component with the components that hold it, the outermost first. */
export interface CardNode {
  readonly element: CardJson;
  readonly tag: string;
  readonly path: string;
  readonly holders: readonly CardNode[];
}

/** What an app puts into a card for itself, or as data: no components are in it. */
const opaque = new Set(['value', 'chart_spec', 'rows']);

/** Sees every object of a card, those outside first. */
export function visit(value: unknown, see: (node: CardJson) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (isFields(value)) {
    see(value);
    for (const [name, inner] of Object.entries(value)) if (!opaque.has(name)) visit(inner, see);
  }
}

/** Where a component is: in a list of components, or as a property of another one. */
interface Place {
  readonly element: CardJson;
  readonly holder: unknown[] | CardJson;
  readonly key: number | string;
}

/** The component with this id, below `root`. */
export function placeOf(root: unknown, elementId: string): Place | undefined {
  if (!isFields(root) && !Array.isArray(root)) return undefined;
  for (const [name, value] of Object.entries(root)) {
    const key = Array.isArray(root) ? Number(name) : name;
    if (isFields(value) && value.element_id === elementId && typeof value.tag === 'string') {
      return { element: value, holder: root, key };
    }
    const inner = placeOf(value, elementId);
    if (inner) return inner;
  }
  return undefined;
}

export function replaceAt({ holder, key }: Place, element: unknown): void {
  (holder as Record<string | number, unknown>)[key] = element;
}

/** Removes a component from its list; false where it is a property of another one. */
export function removeAt({ holder, key }: Place): boolean {
  if (!Array.isArray(holder)) return false;
  holder.splice(Number(key), 1);
  return true;
}

export type AddingMode = 'insert_before' | 'insert_after' | 'append';

/** Puts components in place; false where there is no such place. */
export function addElements(
  card: CardJson,
  mode: AddingMode,
  targetId: string,
  elements: readonly unknown[],
): boolean {
  if (targetId === '') {
    if (mode !== 'append') return false;
    const list = listIn(card.body);
    list?.push(...elements);
    return list !== undefined;
  }
  const target = placeOf(card, targetId);
  if (!target) return false;
  if (mode === 'append') {
    const list = listIn(target.element);
    list?.push(...elements);
    return list !== undefined;
  }
  const { holder, key } = target;
  if (!Array.isArray(holder)) return false;
  holder.splice(Number(key) + (mode === 'insert_after' ? 1 : 0), 0, ...elements);
  return true;
}

/** The list of components that a body or a container holds. */
function listIn(container: unknown): unknown[] | undefined {
  if (!isFields(container)) return undefined;
  return Array.isArray(container.elements) ? container.elements : undefined;
}
