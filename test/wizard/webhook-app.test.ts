/** A guided setup whose section says webhook: nothing reports the app's mode, so it is said and led through. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import { switchTexts } from '../../src/wizard/plugin/switch-texts.ts';
import { ENTER } from '../support/terminal.ts';
import { down, given, type Scene, scene } from './scene.ts';
import { opening, type Stage, texts } from './stage.ts';

const PATCH = 'application:application:patch';
const unswitched = opening(switchTexts.webhook, 'en');
const webhook = { eventMode: 'webhook', callbackMode: 'webhook' } as const;

async function withSection({ config, sandbox }: Stage): Promise<void> {
  await mkdir(dirname(config), { recursive: true, mode: 0o700 });
  const feishu = {
    appId: sandbox.appId,
    domain: sandbox.url,
    connectionMode: 'webhook',
    webhookPath: '/feishu/events',
    dmPolicy: 'open',
    allowFrom: ['*'],
  };
  await writeFile(config, JSON.stringify({ channels: { feishu } }), { mode: 0o600 });
}

/** Both modes in the console, and a version. */
async function walksThrough({ somebody, sandbox }: Scene): Promise<void> {
  await somebody.sees(texts.events1);
  await somebody.answer(texts.askDone);
  sandbox.configureApp({ eventMode: 'websocket' });
  await somebody.answer(texts.askDone);
  await somebody.sees(texts.callbacks1);
  await somebody.answer(texts.askDone);
  sandbox.configureApp({ callbackMode: 'websocket' });
  await somebody.answer(texts.askDone);
  await somebody.sees(texts.version1);
  await somebody.answer(texts.askDone);
}

describe('an app whose section says webhook', () => {
  it('may not configure itself: said, and led through the console', async () => {
    const scopes = everydayScopes.filter((name) => name !== PATCH);
    const set = await scene({ app: { ...webhook, scopes } }, given, withSection);
    await set.somebody.sees(texts.modeBySection);
    await set.somebody.answer(texts.askAutopilot, down(1));
    await walksThrough(set);
    // The version from before does not have the mode.
    await set.somebody.answer(texts.askDone);
    await set.screen.see(`◆  ${texts.askDoneAgain.en}`);
    set.sandbox.configureApp({ reviewRequired: true });
    set.sandbox.makeVersion(true);
    set.sandbox.reviewVersion(true);
    set.screen.type(ENTER);
    await set.finishes();
    expect(set.screen.screen).not.toContain(unswitched);
  });

  it('is refused by the platform: said, and led through the console', async () => {
    const scopes = [...everydayScopes, PATCH];
    const set = await scene({ app: { ...webhook, scopes } }, given, async (stage) => {
      await withSection(stage);
      stage.sandbox.fault({
        match: { path: '/config' },
        do: { kind: 'code', code: 210031, msg: 'refused here' },
      });
    });
    await set.somebody.answer(texts.askAutopilot);
    await set.screen.see('210031');
    await set.takes(1);
    await walksThrough(set);
  });

  it('was not made in the developer console: said, and led through the console', async () => {
    const app = { ...webhook, createSource: 'aily' };
    const set = await scene({ app }, given, withSection);
    await set.somebody.sees(texts.modeBySection);
    await set.somebody.answer(texts.askByConsole);
    await walksThrough(set);
  });

  it('has a version under review: said, and switched once that is decided', async () => {
    const scopes = [...everydayScopes, PATCH];
    const set = await scene({ app: { ...webhook, scopes } }, given, async (stage) => {
      await withSection(stage);
      stage.sandbox.configureApp({ reviewRequired: true });
      stage.sandbox.makeVersion(true);
      stage.sandbox.configureApp({ reviewRequired: false });
    });
    await set.somebody.sees(texts.modeBySection);
    await set.somebody.answer(texts.askWait);
    await set.somebody.sees(texts.waitingApproval);
    set.sandbox.reviewVersion(true);
    await set.somebody.sees(texts.approved);
    await set.somebody.answer(texts.askAutopilot);
    await set.finishes();
    expect(set.screen.screen).not.toContain(unswitched);
  });

  it('is left as it is: the config is written, and the page is named', async () => {
    const scopes = everydayScopes.filter((name) => name !== PATCH);
    const set = await scene({ app: { ...webhook, scopes } }, given, withSection);
    await set.somebody.answer(texts.askAutopilot, down(2));
    await set.screen.see(unswitched);
    await set.somebody.answer(texts.askWrite);
    expect(await set.screen.ended()).toBe(0);
  });
});
