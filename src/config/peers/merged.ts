/** One account with what it inherits from the top level: as each plugin merges them, and as we do. Pure. */
import { type Fields, isFields } from '../../shared/fields.ts';
import { fieldsOf, type Peer } from './keys/peer.ts';

function split(section: Fields, id: string | undefined): readonly [Fields, Fields] {
  const { accounts, ...top } = section;
  return [top, id === undefined ? {} : fieldsOf(fieldsOf(accounts)[id])];
}

/** An account's value takes the place of the top level's; one plugin merges objects key by key. */
export function mergedBy(peer: Peer, section: Fields, id: string | undefined): Fields {
  const [top, account] = split(section, id);
  if (peer !== '@larksuite/openclaw-lark') return { ...top, ...account };
  return mergeObjects(top, account);
}

function mergeObjects(top: Fields, account: Fields): Fields {
  const merged = Object.entries(account).map(([key, value]) => {
    const above = top[key];
    return [key, isFields(value) && isFields(above) ? { ...above, ...value } : value];
  });
  return { ...top, ...Object.fromEntries(merged) };
}

/** As accounts.ts resolves it: entries of `groups` and `dms` are merged key by key. */
export function mergedByUs(own: Fields, id: string | undefined): Fields {
  const [top, account] = split(own, id);
  const entries = ['groups', 'dms'].flatMap((key) => {
    const [above, below] = [fieldsOf(top[key]), fieldsOf(account[key])];
    if (top[key] === undefined && account[key] === undefined) return [];
    return [[key, mergeObjects(above, below)] as const];
  });
  return { ...top, ...account, ...Object.fromEntries(entries) };
}
