/** The three ways, as a person walks them: each ends in an answered message and a written config. */
import { describe, expect, it } from 'vitest';
import { bareApp, person, stage, texts, walkConsole } from './stage.ts';

describe.each(['en', 'zh'] as const)('in %s', (lang) => {
  it('by a scan, in four answers', async () => {
    const scene = await stage({ registration: { intervalS: 0.05 } }, { lang });
    const { sandbox } = scene;
    const screen = scene.open();
    const somebody = person(scene, screen);
    await somebody.answer(texts.askMethod);
    await somebody.answer(texts.askBotName);
    const app = await somebody.scans();
    await somebody.sees(texts.askAnswer);
    await somebody.writes(app.appId);
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    // Scanning and writing a message happen on the phone.
    expect(somebody.answers).toBeLessThanOrEqual(5);
    expect(await scene.section()).toEqual({
      enabled: true,
      appId: app.appId,
      appSecret: app.appSecret,
      domain: sandbox.url,
      dmPolicy: 'allowlist',
      allowFrom: [sandbox.user.openId],
    });
    expect(sandbox.messages({ fromBot: true, appId: app.appId })).toHaveLength(2);
    expect(screen.raw).not.toContain(app.appSecret);
  });

  it('by pasted credentials and the autopilot, in five answers', async () => {
    const scene = await stage({ app: bareApp }, { lang });
    const { sandbox } = scene;
    const screen = scene.open();
    const somebody = person(scene, screen);
    await somebody.pastes();
    await somebody.answer(texts.askAutopilot);
    await somebody.writes();
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    expect(somebody.answers).toBeLessThanOrEqual(6);
    expect(await scene.section()).toEqual({
      enabled: true,
      appId: sandbox.appId,
      appSecret: sandbox.appSecret,
      domain: sandbox.url,
    });
    expect(sandbox.messages({ fromBot: true })).toHaveLength(1);
    expect(screen.raw).not.toContain(sandbox.appSecret);
  });

  it('through the console, a page at a time', async () => {
    const scene = await stage({ app: { ...bareApp, scopes: [] } }, { lang });
    const { sandbox } = scene;
    const screen = scene.open('--guided', '--app-id', sandbox.appId);
    const { somebody, page } = await walkConsole(scene, screen);
    await page('version1', {
      events: ['im.message.receive_v1'],
      callbacks: ['card.action.trigger'],
    });
    await somebody.writes();
    await somebody.answer(texts.askWrite);
    expect(await screen.ended()).toBe(0);
    expect(await scene.section()).toMatchObject({ appId: sandbox.appId, enabled: true });
    expect(screen.raw).toContain('\u001B]52;c;');
    expect(screen.raw).not.toContain(sandbox.appSecret);
  });
});
