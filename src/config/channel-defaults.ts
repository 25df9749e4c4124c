/**
 * `channels.defaults`: what the hosts let a config say for all channels at once, as far as it decides who is
 * answered, or what an agent may see. Pure, and without zod.
 */
import { type Fields, isFields } from '../shared/fields.ts';
import type { JsonValue } from './json5/json5.ts';
import { accountKeys } from './rules/account-keys.ts';

const policies: readonly unknown[] = accountKeys.groupPolicy.choices;

/**
 * The section with the group policy of all channels, where it has none of its own.
 *
 * @param section in our own keys, with any content
 * @param defaults `channels.defaults`, with any content
 */
export function withChannelDefaults(section: JsonValue, defaults: unknown): JsonValue {
  if (!isFields(section) || !isFields(defaults)) return section;
  const { groupPolicy } = defaults;
  if (section.groupPolicy !== undefined || !policies.includes(groupPolicy)) return section;
  return { ...section, groupPolicy } as JsonValue;
}

/**
 * The word by which quoted messages and history of other people are hidden from the agent in all channels:
 * that cannot be honoured here. `undefined`: they are not, or our section says otherwise for each account.
 */
export function hiddenContext(section: JsonValue, defaults: unknown): string | undefined {
  const hidden = isFields(defaults) ? defaults.contextVisibility : undefined;
  if (typeof hidden !== 'string' || hidden === 'all' || !isFields(section)) return undefined;
  return inheritsContext(section) ? hidden : undefined;
}

function inheritsContext(section: Fields): boolean {
  if (section.contextVisibility !== undefined) return false;
  const accounts = isFields(section.accounts) ? Object.values(section.accounts) : [];
  const isSaid = (account: unknown) => isFields(account) && account.contextVisibility !== undefined;
  return accounts.length === 0 || !accounts.every(isSaid);
}
