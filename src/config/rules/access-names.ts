/**
 * Whether an unknown key has a name that is about who may use the bot. Such a key must be reported:
 * its author believes that it keeps people out. Pure.
 */
import { distance } from 'fastest-levenshtein';
import { bare, bareKnown, mayBeNear } from './nearest.ts';

/** Wherever they occur in a name, in any case, and joined to other words. */
const ACCESS_PARTS =
  /allow|den(?:y|ied)|block|polic|users?(?!name)|sender|member|access|whitelist|blacklist|permi[ts]|forbid|forbidden|restrict|reject|disable|authori[sz]|允许|禁止|白名单|黑名单|屏蔽|拒绝|限制|成员|用户|权限|策略/;

/** As a word of its own: inside another word they mean something else (`banner`, `ownership`). */
const accessWords = new Set(
  'ban bans banned admin admins administrators owner owners people person persons guest guests stranger strangers contacts approved approvers trusted public'.split(
    ' ',
  ),
);

/** Names of the whole channel, an account, a group or a chat being on or off. */
const switches = new Set(['active', 'inactive', 'off', 'on', 'paused', 'suspended', 'muted']);

/** A place where people write, and something that is done about it: `dmEnabled`, `ignoreGroups`. */
const placeWords = new Set(
  'dm dms direct directs p2p private group groups chat chats channel channels room rooms'.split(
    ' ',
  ),
);
/** Alone, these head a part of other channels' configs that holds who may write (`dm: {policy}`). */
const conversations = new Set('dm dms direct directs p2p private group groups'.split(' '));
const gateWords = new Set(
  'enable enabled on off only ignore ignored mute muted open close closed list lists ids filter from accept answer answers reply respond who mode'.split(
    ' ',
  ),
);

/** Keys of other plugins whose names only sound like access keys. */
const harmless = new Set(['resolveSenderNames'].map(bare));

/**
 * @param accessKeys the keys that decide who may use the bot
 * @param otherKeys the other keys that are known at this place
 */
export function isAccessName(
  name: string,
  accessKeys: readonly string[],
  otherKeys: readonly string[],
): boolean {
  const plain = bare(name);
  if (harmless.has(plain)) return false;
  if (accessKeys.some((key) => isNear(plain, bareKnown(key)))) return true;
  // `blockStreming` is a misspelt `blockStreaming`.
  const isMisspelt = (key: string): boolean =>
    mayBeNear(plain, key, MISSPELT) && distance(plain, key) <= MISSPELT;
  if (otherKeys.some((key) => isMisspelt(bareKnown(key)))) return false;
  if (ACCESS_PARTS.test(plain) || switches.has(plain)) return true;
  const words = wordsOf(name);
  if (words.some((word) => accessWords.has(word))) return true;
  if (words.length === 1) return conversations.has(plain);
  return words.some((word) => placeWords.has(word)) && words.some((word) => gateWords.has(word));
}

/** Slips of the finger in one name. */
const MISSPELT = 2;

/** Up to a third of the key is wrong, rounded up. */
function isNear(plain: string, key: string): boolean {
  const most = Math.ceil(key.length / 3);
  if (!mayBeNear(plain, key, most)) return false;
  // Two letters in each other's place are one slip, and two edits; edits are counted faster.
  return distance(plain, key) <= most * 2 && slips(plain, key) <= most;
}

/** Letters that are wrong, missing, too many, or in each other's place (optimal string alignment). */
function slips(a: string, b: string): number {
  let [before, last]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last?.[j - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwap ? [(before?.[j - 2] ?? 0) + 1] : []),
      );
    }
    [before, last] = [last, row];
  }
  return last?.[b.length] ?? 0;
}

/** `dmAllowFrom`, `dm_allow-from` → dm, allow, from. */
function wordsOf(name: string): readonly string[] {
  return name
    .normalize('NFKC')
    .split(/(?<=[\p{Ll}\d])(?=\p{Lu})|[^\p{L}\d]+/u)
    .map((word) => word.toLowerCase())
    .filter(Boolean);
}
