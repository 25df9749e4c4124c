import { describe, expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { addToAppLink } from '../../../src/platform/app/app-plan.ts';
import { type AutopilotCall, applyPlan } from '../../../src/platform/app/autopilot.ts';
import type { FaultRule, Sandbox } from '../../../src/sandbox/sandbox.ts';
import { ExitCode, type MoltbotFeishuError } from '../../../src/shared/errors.ts';
import { render } from '../../../src/shared/text/text.ts';
import { useSandboxes } from '../../sandbox/cleanup.ts';
import { waitFor } from '../../support/wait-for.ts';
import { failureOf } from '../stand-in.ts';
import {
  changesOf,
  clientFor,
  freshApp,
  noPause,
  PATCH_SCOPE,
  planOf,
  writesOf,
} from './autopilot-apps.ts';

const { start } = useSandboxes();
type Step = 'ability' | 'config' | 'publish';
const steps: readonly Step[] = ['ability', 'config', 'publish'];

function failing(sandbox: Sandbox, step: Step, what: FaultRule['do'], times = 1) {
  return sandbox.fault({ match: { path: `/${step}` }, times, do: what });
}

async function versionsOf(sandbox: Sandbox) {
  const { reading } = await planOf(sandbox);
  return reading.versions.reported ? reading.versions.value.map(({ version }) => version) : [];
}

describe('each refusal of the application API has its own answer', () => {
  it.each([
    [210031, 'config', 'change-refused', ''],
    [210032, 'ability', 'wrong-app', '/app'],
    [210034, 'ability', 'store-app', '/app'],
    [210035, 'ability', 'not-console-made', '/app/APP'],
    [210043, 'config', 'not-console-made', '/app/APP'],
    [210001, 'publish', 'not-console-made', '/app/APP'],
    [210036, 'ability', 'wrong-app', undefined],
    [210037, 'ability', 'not-permitted', '/app/APP'],
    [210040, 'config', 'under-review', '/app/APP/version'],
    [210302, 'publish', 'under-review', '/app/APP/version'],
    [210041, 'config', 'bot-off', '/app/APP/capability'],
    [210303, 'publish', 'version-refused', '/app/APP/version'],
    [210304, 'publish', 'version-refused', '/app/APP/version/create'],
    [99991672, 'ability', 'scope-missing', undefined],
  ] as const)('%d at %s is %s', async (code, step, expected, page) => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox, { needs: ['required'] });
    failing(sandbox, step, { kind: 'code', code, msg: 'the words' }, 9);
    const error = (await failureOf(
      applyPlan(clientFor(sandbox), plan, { sleep: noPause }),
    )) as MoltbotFeishuError;
    expect(error).toMatchObject({
      code: expected,
      feishuCode: code,
      exitCode: ExitCode.appNotReady,
    });
    if (page) expect(error.url).toBe(`${sandbox.url}${page.replace('APP', sandbox.appId)}`);
    for (const lang of ['en', 'zh'] as const) {
      expect(render(error.what, lang)).toContain(String(code));
      expect(render(error.advice ?? error.what, lang)).not.toBe('');
    }
    // The refusal ends it: nothing is published after it, and nothing is tried for ever.
    expect(await versionsOf(sandbox)).toEqual([]);
    expect(writesOf(sandbox).length).toBeLessThanOrEqual(steps.indexOf(step) + 4);
  });

  it('an app whose origin is not told is refused late, and has the same way on', async () => {
    const sandbox = await start({
      app: { createSource: 'unknown', scopes: [PATCH_SCOPE], callbacks: [] },
    });
    sandbox.fault({
      match: { path: '/application/v7/' },
      do: { kind: 'code', code: 210035, msg: 'not from the developer console' },
    });
    const plan = await changesOf(sandbox);
    expect(await failureOf(applyPlan(clientFor(sandbox), plan))).toMatchObject({
      code: 'not-console-made',
      feishuCode: 210035,
    });
    const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
    sandbox.confirm(addToAppLink(plan.changes, links));
    expect((await planOf(sandbox)).kind).toBe('up-to-date');
  });

  it('the link in 99991672 is the platform’s own', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    sandbox.configureApp({ scopes: [] });
    const error = (await failureOf(applyPlan(clientFor(sandbox), plan))) as MoltbotFeishuError;
    expect(error.url).toContain(`/app/${sandbox.appId}/auth?q=${PATCH_SCOPE}&op_from=openapi`);
  });
});

describe('a refusal that can be mended on the way', () => {
  it('the bot is off in the draft: it is turned on, and the rest goes on', async () => {
    const sandbox = await start({
      app: { ...freshApp, bot: true, published: true, scopes: [PATCH_SCOPE] },
    });
    const plan = await changesOf(sandbox);
    failing(sandbox, 'config', { kind: 'code', code: 210041, msg: 'enable bot' });
    const { after } = await applyPlan(clientFor(sandbox), plan);
    expect(after.kind).toBe('up-to-date');
    expect(writesOf(sandbox)).toEqual([
      'PATCH config',
      'PATCH ability',
      'PATCH config',
      'POST publish',
    ]);
  });

  it('a scope that the platform does not know: the others are added, and it is named', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox, { scopes: ['no:such:scope'] });
    const { refusedScopes, after } = await applyPlan(clientFor(sandbox), plan);
    expect(refusedScopes).toEqual(['no:such:scope']);
    expect(after.kind).toBe('up-to-date');
    // Without it, nothing is left to do; with it, it would be asked for again.
    expect((await planOf(sandbox, { without: refusedScopes })).kind).toBe('up-to-date');
  });

  it('somebody else published meanwhile: the next number is taken', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    sandbox.makeVersion(true);
    sandbox.configureApp({ published: true });
    failing(sandbox, 'publish', { kind: 'code', code: 210303, msg: 'not higher' });
    const { published } = await applyPlan(clientFor(sandbox), plan);
    expect(plan.changes.publish).toEqual({ kind: 'new', version: '1.0.0' });
    expect(published?.version).toBe('0.0.2');
  });

  it('too often: it waits as told, and goes on', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    const limited = {
      kind: 'code',
      code: 99991400,
      msg: 'too often',
      status: 429,
      headers: { 'x-ogw-ratelimit-reset': '7' },
    } as const;
    failing(sandbox, 'publish', limited, 2);
    const pauses: number[] = [];
    const { after } = await applyPlan(clientFor(sandbox), plan, {
      sleep: async (ms) => pauses.push(ms),
    });
    expect(after.kind).toBe('up-to-date');
    expect(pauses).toEqual([7000, 7000]);
    expect(await versionsOf(sandbox)).toEqual(['1.0.0']);
  });

  it('a published version that shows late is looked for again', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    const { after } = await applyPlan(clientFor(sandbox), plan, {
      sleep: noPause,
      onCall(call, state) {
        if (call !== 'verify' || state !== 'begins') return;
        sandbox.fault({
          match: { path: '/bot/v3/info' },
          times: 1,
          do: { kind: 'code', code: 11205, msg: 'app do not have bot' },
        });
      },
    });
    expect(after.kind).toBe('up-to-date');
  });
});

describe('an answer that is lost', () => {
  it.each(
    steps.flatMap((step) =>
      [false, true].map((after) => [step, after ? 'after' : 'before', after] as const),
    ),
  )('at %s, %s the call had its effect: one app, one version', async (step, _, after) => {
    const sandbox = await start({ app: { ...freshApp, reviewRequired: true } });
    const plan = await changesOf(sandbox);
    failing(sandbox, step, { kind: 'drop', after });
    const result = await applyPlan(clientFor(sandbox), plan, { sleep: noPause });
    expect(result.after.kind).toBe('waiting');
    expect(result.published?.version).toBe('1.0.0');
    expect(await versionsOf(sandbox)).toEqual(['1.0.0']);
  });

  it('where the version goes live at once: it is not sent again', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    failing(sandbox, 'publish', { kind: 'drop', after: true });
    expect((await applyPlan(clientFor(sandbox), plan)).published?.version).toBe('1.0.0');
    expect(writesOf(sandbox).filter((call) => call === 'POST publish')).toHaveLength(1);
  });

  it('because none came in time: it is looked for, then sent again', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    failing(sandbox, 'publish', { kind: 'hang' });
    const client = clientFor(sandbox, { timeoutMs: 2000 });
    expect((await applyPlan(client, plan)).published?.version).toBe('1.0.0');
    expect(writesOf(sandbox).filter((call) => call === 'POST publish')).toHaveLength(2);
    expect(await versionsOf(sandbox)).toEqual(['1.0.0']);
  });

  it('because the platform was slow: it lands late, and the second one is not taken', async () => {
    const sandbox = await start({ app: freshApp });
    const plan = await changesOf(sandbox);
    failing(sandbox, 'publish', { kind: 'delay', ms: 5000 });
    const client = clientFor(sandbox, { timeoutMs: 2000 });
    expect((await applyPlan(client, plan)).published?.version).toBe('1.0.0');
    await waitFor(
      () => {
        expect(writesOf(sandbox).filter((call) => call === 'POST publish')).toHaveLength(2);
      },
      { timeout: 20_000 },
    );
    expect(await versionsOf(sandbox)).toEqual(['1.0.0']);
  });

  it('of a version that was submitted as it stood', async () => {
    const sandbox = await start({ app: freshApp });
    const made = sandbox.makeVersion(false);
    const plan = await changesOf(sandbox);
    failing(sandbox, 'publish', { kind: 'drop', after: true });
    expect((await applyPlan(clientFor(sandbox), plan)).published).toEqual(made);
    expect(await versionsOf(sandbox)).toEqual([made.version]);
  });

  it('where the versions may not be read: says that it is not known, and does not repeat', async () => {
    const sandbox = await start({ app: { ...freshApp, scopes: [PATCH_SCOPE] } });
    const plan = await changesOf(sandbox, { without: ['application:application:self_manage'] });
    failing(sandbox, 'publish', { kind: 'drop' });
    expect(await failureOf(applyPlan(clientFor(sandbox), plan))).toMatchObject({
      code: 'publish-unknown',
      exitCode: 4,
      url: `${sandbox.url}/app/${sandbox.appId}/version`,
    });
    expect(writesOf(sandbox).filter((call) => call === 'POST publish')).toHaveLength(1);
  });
});

describe('cut off and begun again', () => {
  const cuts = (['ability', 'config', 'publish', 'verify'] as const).flatMap((call) =>
    (['begins', 'done'] as const).map((state) => [call, state] as const),
  );

  it.each(cuts)('at %s %s, it ends as an undisturbed run', async (call, state) => {
    const undisturbed = await finalState(undefined);
    expect(await finalState([call, state])).toEqual(undisturbed);
  });

  async function finalState(cut: readonly [AutopilotCall, string] | undefined) {
    const sandbox = await start({ app: { ...freshApp, tellsSubscription: true } });
    const plan = await changesOf(sandbox);
    if (cut) {
      const stopped = new Error('killed');
      const onCall = (call: AutopilotCall, state: string) => {
        if (call === cut[0] && state === cut[1]) throw stopped;
      };
      expect(await failureOf(applyPlan(clientFor(sandbox), plan, { onCall }))).toBe(stopped);
    }
    // A new process: nothing is known but what the platform tells.
    const again = await planOf(sandbox);
    if (again.kind === 'changes') await applyPlan(clientFor(sandbox), again);
    const { kind, steps: left, reading } = await planOf(sandbox);
    if (!reading.grants.reported || !reading.app.reported || !reading.versions.reported) {
      throw new Error('not read');
    }
    return {
      kind,
      left,
      versions: reading.versions.value.map(({ version, status }) => ({ version, status })),
      scopes: [...reading.grants.value].sort(),
      events: reading.app.value.subscribedEvents,
      callbacks: reading.app.value.subscribedCallbacks,
      modes: [reading.app.value.eventMode, reading.app.value.callbackMode],
    };
  }

  it('is cancelled between calls by its signal', async () => {
    const sandbox = await start({ app: freshApp });
    const abort = new AbortController();
    const plan = await changesOf(sandbox);
    const running = applyPlan(clientFor(sandbox), plan, {
      signal: abort.signal,
      onCall: (call, state) => {
        if (call === 'ability' && state === 'done') abort.abort();
      },
    });
    expect(await failureOf(running)).toMatchObject({ code: 'cancelled', exitCode: 130 });
    expect(writesOf(sandbox)).toEqual(['PATCH ability']);
  });
});
