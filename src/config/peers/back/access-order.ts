/** Where one access admits more than another. Pure. */
import type { Access, GroupRule } from '../keys/access.ts';

const order: readonly Access['dm'][] = ['disabled', 'allowlist', 'pairing', 'open'];

/** The keys by which `inner` admits more than `outer`; none: it is within it. */
export function widerKeys(
  inner: Access,
  outer: Access,
  chatIds: readonly string[],
): readonly string[] {
  const groups = [undefined, ...chatIds]
    .filter((id) => !isRuleWithin(inner.ruleOf(id), outer.ruleOf(id)))
    .map((id) => `groups.${id ?? '*'}`);
  return [...(isDirectWithin(inner, outer) ? [] : ['dmPolicy']), ...groups];
}

function isDirectWithin(inner: Access, outer: Access): boolean {
  if (outer.dm === 'open' || inner.dm === 'disabled') return true;
  if (order.indexOf(inner.dm) > order.indexOf(outer.dm)) return false;
  return outer.people.includes('*') || inner.people.every((id) => outer.people.includes(id));
}

function isRuleWithin(inner: GroupRule, outer: GroupRule): boolean {
  if (!inner.isOpen) return true;
  if (!outer.isOpen || (outer.needsMention && !inner.needsMention)) return false;
  const { senders } = outer;
  if (senders === undefined) return true;
  return inner.senders?.every((id) => senders.includes(id)) ?? false;
}
