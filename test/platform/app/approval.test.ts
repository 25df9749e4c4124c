import { describe, expect, it } from 'vitest';
import {
  askAdmin,
  waitForApproval,
  waitForAutopilotScope,
} from '../../../src/platform/app/approval.ts';
import { applyPlan } from '../../../src/platform/app/autopilot.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { failureOf } from '../stand-in.ts';
import {
  changesOf,
  clientFor,
  freshApp,
  noPause,
  PATCH_SCOPE,
  SELF_MANAGE,
} from './autopilot-apps.ts';

const { start } = useSandboxes();
const scopesPath = '/application/v6/scopes';

async function inReview(): Promise<Sandbox> {
  const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
  const { after } = await applyPlan(clientFor(sandbox), await changesOf(sandbox));
  expect(after.kind).toBe('waiting');
  return sandbox;
}

/** Pauses that take no time; at the given one something happens. */
function pausing(at: number, act: () => unknown) {
  const pauses: number[] = [];
  return {
    pauses,
    sleep: async (ms: number) => {
      pauses.push(ms);
      if (pauses.length === at) await act();
    },
  };
}

describe('waiting for the administrator', () => {
  it('ends when the version is approved; the pauses grow', async () => {
    const sandbox = await inReview();
    const { pauses, sleep } = pausing(8, () => sandbox.reviewVersion(true));
    const { plan, rejected } = await waitForApproval(clientFor(sandbox), {}, { sleep });
    expect([plan.kind, rejected]).toEqual(['up-to-date', undefined]);
    expect(pauses).toEqual([2000, 3000, 4500, 6750, 10_125, 15_187.5, 20_000, 20_000]);
  });

  it('ends when it is rejected, and says which', async () => {
    const sandbox = await inReview();
    const { sleep } = pausing(2, () => sandbox.reviewVersion(false));
    const { plan, rejected } = await waitForApproval(clientFor(sandbox), {}, { sleep });
    expect(rejected).toMatchObject({ version: '1.0.0', status: 'rejected' });
    expect(plan.changes.publish).toEqual({ kind: 'new', version: '1.0.1' });
  });

  it('outlives a network that is away, and tells', async () => {
    const sandbox = await inReview();
    const hiccups: MoltbotFeishuError[] = [];
    const { sleep } = pausing(2, () => {
      sandbox.fault({ match: { path: '/bot/v3/info' }, times: 6, do: { kind: 'drop' } });
      sandbox.reviewVersion(true);
    });
    const { plan } = await waitForApproval(
      clientFor(sandbox),
      {},
      { sleep, onTransientError: (error) => void hiccups.push(error) },
    );
    expect(plan.kind).toBe('up-to-date');
    expect(hiccups.map(({ code }) => code)).toEqual([
      'platform-unreachable',
      'platform-unreachable',
    ]);
  });

  it('waits as long as a rate limit asks', async () => {
    const sandbox = await inReview();
    const limited = {
      kind: 'code',
      code: 99991400,
      msg: 'slow',
      status: 429,
      headers: { 'retry-after': '90' },
    } as const;
    const { pauses, sleep } = pausing(1, () => {
      sandbox.fault({ match: { path: scopesPath }, times: 1, do: limited });
      sandbox.grantScopes([PATCH_SCOPE]);
    });
    sandbox.configureApp({ scopes: [SELF_MANAGE] });
    await waitForAutopilotScope(clientFor(sandbox), { sleep });
    expect(pauses).toEqual([2000, 90_000]);
  });

  it('can be left', async () => {
    const sandbox = await inReview();
    const abort = new AbortController();
    const { sleep } = pausing(1, () => abort.abort());
    const waiting = waitForApproval(clientFor(sandbox), {}, { sleep, signal: abort.signal });
    expect(await failureOf(waiting)).toMatchObject({ code: 'cancelled' });

    const second = new AbortController();
    const really = failureOf(waitForApproval(clientFor(sandbox), {}, { signal: second.signal }));
    second.abort();
    expect(await really).toMatchObject({ code: 'cancelled' });
  });

  it('ends with what is no passing trouble', async () => {
    const sandbox = await inReview();
    const client = clientFor(sandbox);
    sandbox.fault({
      match: { path: '/auth/v3' },
      do: { kind: 'code', code: 10014, msg: 'app secret invalid', status: 200 },
    });
    expect(await failureOf(waitForApproval(client, {}, { sleep: noPause }))).toMatchObject({
      code: 'credentials-rejected',
    });
  });
});

it('waiting for the scope ends when the person has confirmed it', async () => {
  const sandbox = await start({ app: { ...freshApp, scopes: [SELF_MANAGE] } });
  const { pauses, sleep } = pausing(3, () =>
    sandbox.confirm(`${sandbox.url}/app/${sandbox.appId}/auth?q=${PATCH_SCOPE}`),
  );
  await waitForAutopilotScope(clientFor(sandbox), { sleep });
  expect(pauses).toHaveLength(3);
});

describe('asking the administrator', () => {
  it('asks once; a second time it was asked before', async () => {
    const sandbox = await start({ app: { pendingScopes: ['im:message.group_msg'] } });
    const client = clientFor(sandbox);
    expect(await askAdmin(client)).toBe('asked');
    expect(await askAdmin(client)).toBe('asked-before');
    sandbox.grantScopes();
    expect(await askAdmin(client)).toBe('nothing-to-ask');
  });

  it.each([
    [212001, 'by-hand'],
    [212003, 'used-up'],
  ])('%d is %s', async (code, outcome) => {
    const sandbox = await start();
    sandbox.fault({ match: { path: '/scopes/apply' }, do: { kind: 'code', code, msg: 'no' } });
    expect(await askAdmin(clientFor(sandbox))).toBe(outcome);
  });

  it('after a lost answer asks nobody twice', async () => {
    const sandbox = await start({ app: { pendingScopes: ['im:message.group_msg'] } });
    sandbox.fault({
      match: { path: '/scopes/apply' },
      times: 1,
      do: { kind: 'drop', after: true },
    });
    expect(await askAdmin(clientFor(sandbox))).toBe('asked-before');
  });

  it('throws what is no outcome', async () => {
    const sandbox = await start();
    sandbox.fault({
      match: { path: '/scopes/apply' },
      do: { kind: 'code', code: 210508, msg: 'no' },
    });
    expect(await failureOf(askAdmin(clientFor(sandbox)))).toMatchObject({ feishuCode: 210508 });
  });
});
