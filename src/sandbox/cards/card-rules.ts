/** Rules that go beyond one property: of forms, and of the rows of a table. */
import { isFields } from '../../shared/fields.ts';
import { type CardFault, cardFault, unreadable } from './card-faults.ts';
import type { CardNode } from './card-tree.ts';

/** Components that a form submits by their name. */
const fields = new Set([
  'input',
  'select_static',
  'multi_select_static',
  'select_person',
  'multi_select_person',
  'select_img',
  'checker',
  'date_picker',
  'picker_time',
  'picker_datetime',
  'button',
]);

/** A form is at the root, holds no form and no table, has a submit button, and names all it submits. */
export function faultInForms(nodes: readonly CardNode[]): CardFault | undefined {
  for (const form of nodes.filter(({ tag }) => tag === 'form')) {
    if (form.holders.length > 0) return unreadable('a form can only be at the root', form.path);
    const inside = nodes.filter(({ holders }) => holders.includes(form));
    const wrong = inside.find(({ tag }) => tag === 'table' || tag === 'form');
    if (wrong) return unreadable(`a form cannot hold a ${wrong.tag}`, wrong.path);
    const submits = inside.some(({ element }) => element.form_action_type === 'submit');
    if (!submits) return unreadable('a form needs a submit button', form.path);
    const names = new Set<unknown>();
    for (const { element, tag, path } of inside.filter(({ tag }) => fields.has(tag))) {
      const { name } = element;
      if (typeof name !== 'string' || name === '' || names.has(name)) {
        return cardFault(200530, `the name of the ${tag} is empty or not unique`, path);
      }
      names.add(name);
    }
  }
  return undefined;
}

const cellRules = new Map<string, (cell: unknown) => boolean>([
  ['text', (cell) => typeof cell === 'string'],
  ['lark_md', (cell) => typeof cell === 'string'],
  ['markdown', (cell) => typeof cell === 'string'],
  ['number', (cell) => typeof cell === 'number'],
  ['date', (cell) => typeof cell === 'number'],
  ['persons', (cell) => typeof cell === 'string' || Array.isArray(cell)],
  ['options', (cell) => typeof cell === 'string' || Array.isArray(cell)],
]);

/** Columns have unique names; a row has values of its columns' types, and no others. */
export function faultInTable({ element, tag, path }: CardNode): CardFault | undefined {
  if (tag !== 'table') return undefined;
  const types = new Map<string, string>();
  for (const column of Array.isArray(element.columns) ? element.columns.filter(isFields) : []) {
    const name = String(column.name);
    if (types.has(name)) return cardFault(200915, `the column ${name} is there twice`, path);
    types.set(name, String(column.data_type));
  }
  for (const row of Array.isArray(element.rows) ? element.rows : []) {
    if (!isFields(row)) return cardFault(200914, 'a row is not an object', path);
    for (const [name, cell] of Object.entries(row)) {
      const type = types.get(name);
      if (type === undefined) return cardFault(200915, `there is no column ${name}`, path);
      if (cell !== null && cellRules.get(type)?.(cell) !== true) {
        return cardFault(200914, `the value of ${name} is no ${type}`, path);
      }
    }
  }
  return undefined;
}
