import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyPlan } from '../../../src/platform/app/autopilot.ts';
import { versionAfter } from '../../../src/platform/app/version-number.ts';
import { appManifest, missingScopes } from '../../../src/platform/manifest/app-manifest.ts';
import type { AppState, Sandbox } from '../../../src/sandbox/sandbox.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { clientFor, noPause, PATCH_SCOPE, planOf, SELF_MANAGE } from './autopilot-apps.ts';

const { start } = useSandboxes();

const anyScopes = fc.subarray([
  ...appManifest.scopes.map(({ scope }) => scope),
  'im:chat',
  'im:chat:read',
  'im:message.pins:read',
  'admin:app.info:readonly',
]);
const mode = fc.constantFrom('websocket' as const, 'webhook' as const);

const anyApp: fc.Arbitrary<Partial<AppState>> = fc.record({
  bot: fc.boolean(),
  published: fc.boolean(),
  scopes: anyScopes.map((scopes) => [...new Set([...scopes, PATCH_SCOPE, SELF_MANAGE])]),
  pendingScopes: anyScopes,
  exemptScopes: anyScopes,
  adminScopes: anyScopes.map((scopes) => scopes.slice(0, 3)),
  events: fc.subarray(['im.message.receive_v1', 'im.chat.updated_v1', 'drive.file.edit_v1']),
  callbacks: fc.subarray(['card.action.trigger', 'url.preview.get']),
  eventMode: mode,
  callbackMode: mode,
  reviewRequired: fc.boolean(),
  tellsSubscription: fc.boolean(),
});

/** Whatever stands there, in force or asked for. */
async function holdings(sandbox: Sandbox): Promise<Set<string>> {
  sandbox.configureApp({ tellsSubscription: true });
  const { reading } = await planOf(sandbox);
  if (!reading.app.reported || !reading.grants.reported) throw new Error('not read');
  const { subscribedEvents = [], subscribedCallbacks = [], configuredScopes } = reading.app.value;
  return new Set([
    ...subscribedEvents,
    ...subscribedCallbacks,
    ...configuredScopes,
    ...reading.grants.value.keys(),
  ]);
}

it('a plan carried out on any app leaves nothing to plan, and takes nothing away', async () => {
  await fc.assert(
    fc.asyncProperty(anyApp, fc.boolean(), async (app, hasDraft) => {
      const sandbox = await start({ app });
      try {
        const before = await holdings(sandbox);
        sandbox.configureApp({ tellsSubscription: app.tellsSubscription ?? false });
        if (hasDraft) sandbox.makeVersion(false);
        const plan = await planOf(sandbox);
        if (plan.kind === 'changes') {
          const { after } = await applyPlan(clientFor(sandbox), plan, { sleep: noPause });
          expect(['up-to-date', 'waiting', 'ask-admin']).toContain(after.kind);
          if (after.kind === 'waiting') expect(sandbox.reviewVersion(true)).toBe(true);
        } else expect(['up-to-date', 'ask-admin']).toContain(plan.kind);

        const last = await planOf(sandbox);
        expect(['up-to-date', 'ask-admin']).toContain(last.kind);
        expect(last.steps).toEqual([]);
        sandbox.grantScopes();
        const done = await planOf(sandbox);
        expect(done.kind).toBe('up-to-date');
        const granted = done.reading.grants.reported ? done.reading.grants.value : new Map();
        expect(missingScopes(granted, ['required', 'recommended'])).toEqual([]);
        expect(done.reading.bot).toMatchObject({ value: { on: true } });
        const now = await holdings(sandbox);
        for (const name of before) expect(now).toContain(name);
      } finally {
        await sandbox.close();
      }
    }),
    { numRuns: 40 },
  );
});

it('the next version is higher than any there is, by one patch', () => {
  const part = fc.nat({ max: 1_000_000 });
  const version = fc.tuple(part, part, part);
  fc.assert(
    fc.property(fc.array(version, { minLength: 1 }), fc.array(fc.string()), (versions, odd) => {
      const texts = versions.map((parts) => parts.join('.'));
      const noise = odd.filter((text) => !/^\d+\.\d+\.\d+$/.test(text));
      const next = versionAfter([...noise, ...texts])
        .split('.')
        .map(Number);
      const isHigher = (than: readonly number[]) =>
        next.some(
          (value, at) =>
            value > than[at]! && next.slice(0, at).every((same, index) => same === than[index]),
        );
      for (const parts of versions) expect(isHigher(parts)).toBe(true);
      const [major, minor, patch = 0] = next;
      expect(texts).toContain(`${major}.${minor}.${patch - 1}`);
    }),
  );
  expect(versionAfter([])).toBe('1.0.0');
  expect(versionAfter(['beta', ''])).toBe('1.0.0');
});
