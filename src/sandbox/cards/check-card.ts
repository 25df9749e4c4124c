/** The checks that a card meets wherever it comes in: by message, patch, CardKit, or as the answer to a click. */

import type { z } from 'zod';
import { CARD_BODY_BYTES, CARD_DEPTH, CARD_ELEMENTS, CARD_TABLES } from '../../platform/limits.ts';
import { isFields } from '../../shared/fields.ts';
import { type CardFault, cardFault, kitFault, unreadable } from './card-faults.ts';
import { faultInForms, faultInTable } from './card-rules.ts';
import { cardShape } from './card-shape.ts';
import { type CardJson, type CardNode, visit } from './card-tree.ts';
import { components } from './components.ts';
import { faultInMarkdown, type MarkdownRules, markdownTables } from './markdown-rules.ts';

/** The first fault of a card of either version; `undefined` where it may be shown. */
export function faultInCard(card: CardJson, rules: MarkdownRules): CardFault | undefined {
  return card.schema === '2.0' ? faultInV2(card, rules) : faultInV1(card, rules);
}

/** Cards 1.0 ignore what they do not know. */
function faultInV1(card: CardJson, rules: MarkdownRules): CardFault | undefined {
  const elements = isFields(card.body) ? card.body.elements : card.elements;
  const isCard = Array.isArray(elements) || isFields(card.i18n_elements) || isFields(card.header);
  if (!isCard) return unreadable('no elements', 'ROOT');
  return faultInCounts(elements ?? []) ?? faultInTexts(elements ?? [], rules);
}

function faultInV2(card: CardJson, rules: MarkdownRules): CardFault | undefined {
  const shape = faultInShape(cardShape, card, 'ROOT');
  if (shape) return shape;
  if (isFields(card.config) && card.config.update_multi === false) return kitFault(300302);
  const elements = isFields(card.body) ? (card.body.elements ?? []) : [];
  const nodes = nodesIn(elements, 'ROOT -> body -> elements', []);
  for (const node of nodes) {
    const fault = faultInNode(node);
    if (fault) return fault;
  }
  return (
    faultInIds(card) ??
    faultInForms(nodes) ??
    faultInCounts(card) ??
    faultInTexts([card.header, elements], rules)
  );
}

/** The bytes of a card as they are counted. */
export function isTooLarge(card: CardJson): boolean {
  return Buffer.byteLength(JSON.stringify(card)) > CARD_BODY_BYTES;
}

function nodesIn(list: unknown, path: string, holders: readonly CardNode[]): CardNode[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => {
    const element = isFields(item) ? item : {};
    const tag = typeof element.tag === 'string' ? element.tag : '';
    const node: CardNode = { element, tag, path: `${path} -> [${index}](tag: ${tag})`, holders };
    const inner = [...holders, node];
    return [
      node,
      ...nodesIn(element.elements, `${node.path} -> elements`, inner),
      ...(tag === 'table' ? [] : nodesIn(element.columns, `${node.path} -> columns`, inner)),
    ];
  });
}

function faultInNode({ element, tag, path, holders }: CardNode): CardFault | undefined {
  if (!Object.hasOwn(components, tag)) {
    return cardFault(
      200861,
      `cards of schema V2 no longer support this capability; ErrorValue: unsupported tag ${tag}`,
      path,
    );
  }
  if ((tag === 'column') !== (holders.at(-1)?.tag === 'column_set')) {
    return unreadable(`a ${tag} cannot be here`, path);
  }
  // A column is no level of its own.
  const depth = 1 + holders.filter((holder) => holder.tag !== 'column').length;
  if (depth > CARD_DEPTH)
    return unreadable(`components are nested more than ${CARD_DEPTH} deep`, path);
  const shape = components[tag];
  return (
    (shape && faultInShape(shape, element, path)) ?? faultInTable({ element, tag, path, holders })
  );
}

function faultInShape(shape: z.ZodType, value: unknown, path: string): CardFault | undefined {
  const [issue] = shape.safeParse(value).error?.issues ?? [];
  if (!issue) return undefined;
  const at = [path, ...issue.path.map(String)].join(' -> ');
  if (issue.code !== 'unrecognized_keys') return unreadable(issue.message, at);
  return unreadable(`unknown property, property: ${issue.keys.join(', ')}`, at);
}

/** Ids are letters first, then letters, digits and `_`, at most 20, each once in a card. */
function faultInIds(card: CardJson): CardFault | undefined {
  const seen = new Set<string>();
  let fault: CardFault | undefined;
  visit(card, (node) => {
    const id = node.element_id;
    if (fault || typeof node.tag !== 'string' || id === undefined) return;
    if (typeof id !== 'string' || !/^[A-Za-z]\w{0,19}$/.test(id)) {
      fault = unreadable(`element_id ${String(id)} is invalid`, 'ROOT');
    } else if (seen.has(id)) fault = kitFault(300301);
    else seen.add(id);
  });
  return fault;
}

function faultInCounts(value: unknown): CardFault | undefined {
  let tags = 0;
  let tables = 0;
  visit(value, (node) => {
    if (typeof node.tag !== 'string') return;
    tags += 1;
    if (node.tag === 'table') tables += 1;
    if (node.tag === 'markdown') tables += markdownTables(String(node.content));
  });
  if (tables > CARD_TABLES) return cardFault(11310, 'card table number over limit');
  return tags > CARD_ELEMENTS ? kitFault(300305) : undefined;
}

function faultInTexts(value: unknown, rules: MarkdownRules): CardFault | undefined {
  let fault: CardFault | undefined;
  visit(value, (node) => {
    if (fault) return;
    if (node.tag === 'img' && !isImageKey(node.img_key)) {
      fault = cardFault(200570, `invalid image key ${String(node.img_key)}`);
    } else if (node.tag === 'markdown' || node.tag === 'lark_md') {
      fault = faultInMarkdown(String(node.content), rules);
    }
  });
  return fault;
}

const isImageKey = (key: unknown): boolean => typeof key === 'string' && key.startsWith('img_');
