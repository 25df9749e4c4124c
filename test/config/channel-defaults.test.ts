/** What a config says for all channels at once counts for ours too. */
import { expect, it } from 'vitest';
import { resolveAccount } from '../../src/config/account/accounts.ts';
import { checkSection } from '../../src/config/check.ts';
import type { JsonValue } from '../../src/config/json5/json5.ts';
import { everyRow } from '../support/every-row.ts';

const read = (section: JsonValue, defaults: unknown) =>
  resolveAccount(checkSection(section, 'moltbot.json', { defaults }), 'default').groupPolicy;

it('a group policy of all channels counts where the section has none', () => {
  expect(read({}, { groupPolicy: 'disabled' })).toBe('disabled');
  expect(read({}, { groupPolicy: 'allowlist' })).toBe('allowlist');
  expect(read({ groupPolicy: 'open' }, { groupPolicy: 'disabled' })).toBe('open');
  expect(read({}, { groupPolicy: 'Disabled' })).toBe('open');
  expect(read({}, undefined)).toBe('open');
  expect(read({}, ['disabled'])).toBe('open');
});

it('the default of another plugin comes before that of all channels', () => {
  expect(read({ typingIndicator: true }, { groupPolicy: 'open' })).toBe('allowlist');
});

everyRow([[{}], [{ accounts: { work: { contextVisibility: 'all' }, home: {} } }]])(
  'messages that are to be hidden keep %o from starting',
  (section) => {
    const defaults = { contextVisibility: 'allowlist_quote' };
    expect(() => checkSection(section as JsonValue, 'moltbot.json', { defaults })).toThrow(
      /channels\.defaults\.contextVisibility is "allowlist_quote": it hides messages/,
    );
  },
);

everyRow([
  [{ contextVisibility: 'all' }, { contextVisibility: 'allowlist' }],
  [{ accounts: { work: { contextVisibility: 'all' } } }, { contextVisibility: 'allowlist' }],
  [{}, { contextVisibility: 'all' }],
])('%o starts with %o for all channels', (section, defaults) => {
  expect(() => checkSection(section as JsonValue, 'moltbot.json', { defaults })).not.toThrow();
});
