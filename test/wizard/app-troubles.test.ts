import { describe, expect, it } from 'vitest';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import type { Text } from '../../src/shared/text/text.ts';
import { ENTER } from '../support/terminal.ts';
import { down, given, scene, without } from './scene.ts';
import { bareApp, person, texts } from './stage.ts';

describe('the app', () => {
  it('may not configure itself yet: one link, granted, and it does', async () => {
    const app = { ...bareApp, scopes: ['application:application:self_manage'] };
    const { somebody, sandbox, finishes } = await scene({ app }, given);
    await somebody.answer(texts.askAutopilot);
    await somebody.sees(texts.waitingGrant);
    sandbox.configureApp({ scopes: [...app.scopes, 'application:application:patch'] });
    await somebody.sees(texts.granted);
    await finishes();
  });

  it('shall not configure itself: the console pages follow', async () => {
    const app = { ...bareApp, scopes: ['application:application:self_manage'] };
    const { somebody, screen } = await scene({ app }, given);
    await somebody.answer(texts.askAutopilot);
    await somebody.sees(texts.waitingGrant);
    screen.type('s');
    await somebody.sees(texts.bot1);
    screen.type('\u0003');
    expect(await screen.ended()).toBe(130);
  });

  it('waits for the administrator: left, and taken up again once it is approved', async () => {
    const set = await scene({ app: { ...bareApp, reviewRequired: true } }, given);
    await set.somebody.answer(texts.askAutopilot);
    await set.somebody.sees(texts.inReview);
    await set.somebody.answer(texts.askWait, down(1));
    expect(await set.screen.ended()).toBe(6);
    expect(await set.section()).toMatchObject({ enabled: false, appId: set.sandbox.appId });
    set.sandbox.reviewVersion(true);
    const again = set.open();
    const somebody = person(set, again);
    await somebody.answer(texts.askResume);
    await somebody.writes();
    await somebody.answer(texts.askWrite);
    expect(await again.ended()).toBe(0);
    expect(await set.section()).toMatchObject({ enabled: true, appId: set.sandbox.appId });
  });

  it('waits for the administrator, and so does the person: approved, it goes on', async () => {
    const { somebody, sandbox, finishes } = await scene(
      { app: { ...bareApp, reviewRequired: true } },
      given,
    );
    await somebody.answer(texts.askAutopilot);
    await somebody.answer(texts.askWait);
    await somebody.sees(texts.waitingApproval);
    sandbox.reviewVersion(true);
    await somebody.sees(texts.approved);
    await finishes();
  });

  it('was rejected by the administrator: said, and the config may be written all the same', async () => {
    const { somebody, screen, sandbox } = await scene(
      { app: { ...bareApp, reviewRequired: true } },
      given,
    );
    await somebody.answer(texts.askAutopilot);
    await somebody.answer(texts.askWait);
    await somebody.sees(texts.waitingApproval);
    sandbox.reviewVersion(false);
    await screen.see('was rejected');
    await somebody.answer(texts.askRetry, down(3));
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(6);
  });

  it.each([
    [210303, 'a version number that is not higher'],
    [210040, 'a version under review'],
    [210037, 'a person who may not'],
    [210031, 'a parameter'],
    [210304, 'a field that lacks'],
  ])('is refused its change (%i, %s): said, and done by hand instead', async (code) => {
    const { somebody, screen } = await scene({ app: bareApp }, given, ({ sandbox }) =>
      sandbox.fault({
        match: { path: '/publish' },
        do: { kind: 'code', code, msg: 'refused here' },
      }),
    );
    await somebody.answer(texts.askAutopilot);
    await screen.see(String(code));
    await somebody.sees(texts.askRetry);
    screen.type('\u0003');
    expect(await screen.ended()).toBe(130);
  });

  it('was not made in the developer console: one page to confirm, or the console', async () => {
    const { somebody, screen, sandbox, finishes } = await scene(
      { app: { ...bareApp, createSource: 'aily' } },
      given,
    );
    await somebody.answer(texts.askByPage);
    await somebody.sees(texts.addByLink);
    sandbox.configureApp({
      bot: true,
      published: true,
      scopes: everydayScopes,
      events: ['im.message.receive_v1'],
      callbacks: ['card.action.trigger'],
      eventMode: 'websocket',
      callbackMode: 'websocket',
    });
    await somebody.answer(texts.askAdded, down(1));
    await finishes();
    expect(screen.screen).toContain('launcher');
  });

  it('is a store app: refused with the reason, and another way offered', async () => {
    const { somebody, screen, takes } = await scene({ app: { kind: 'store' } }, given);
    await screen.see(/store app/i);
    await takes(0);
    await somebody.sees(texts.askMethod);
    screen.type('\u0003');
    expect(await screen.ended()).toBe(130);
  });

  it('may not receive in groups: named, added by the autopilot', async () => {
    const scopes = [
      ...without('im:message.group_at_msg:readonly'),
      'application:application:patch',
    ];
    const { somebody, screen, finishes } = await scene({ app: { scopes } }, given);
    await screen.see('im:message.group_at_msg:readonly');
    await somebody.answer(texts.askAutopilot);
    await finishes();
  });

  it('is left as it is: the config is written, and the exit code says that something is left', async () => {
    const { somebody, screen, section } = await scene({ app: bareApp }, given);
    await somebody.answer(texts.askAutopilot, down(2));
    await screen.see(opening(texts.askWrite));
    screen.type(ENTER);
    expect(await screen.ended()).toBe(6);
    expect(await section()).toMatchObject({ enabled: true });
  });
});

function opening(text: Text): string {
  return text.en.slice(0, 30);
}
