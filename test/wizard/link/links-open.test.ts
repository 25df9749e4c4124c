/** Each link that setup prints against the sandbox opens its page there. */
import { expect, it } from 'vitest';
import { consoleLinks } from '../../../src/platform/address/console-links.ts';
import { resolveEndpoints } from '../../../src/platform/address/endpoints.ts';
import { runProgram } from '../../support/program.ts';
import { expectLinksOpen } from '../../support/sandbox-links.ts';
import { bareApp, person, stage, texts, walkConsole } from '../stage.ts';

/** A link is in one line. */
const size = { columns: 900, rows: 60 };

it('through the console', async () => {
  const scene = await stage({ app: { ...bareApp, scopes: [] } }, { size });
  const { sandbox } = scene;
  const screen = scene.open('--guided', '--app-id', sandbox.appId);
  const { somebody } = await walkConsole(scene, screen);
  await somebody.sees(texts.version1);
  expect(await expectLinksOpen(screen.screen, sandbox.url)).toBeGreaterThan(5);
});

it('by a scan, and while it waits for a message', async () => {
  const scene = await stage({ registration: { intervalS: 0.05 } }, { size });
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askMethod);
  await somebody.answer(texts.askBotName);
  await somebody.scans();
  await somebody.sees(texts.waiting);
  expect(await expectLinksOpen(screen.screen, sandbox.url)).toBeGreaterThan(1);
});

const apps = {
  'nothing done': bareApp,
  'no permission': { scopes: [] },
  'not published': { published: false },
  'bot off': { bot: false },
  'by web hook': { eventMode: 'webhook', callbackMode: 'webhook' },
  'no event': { events: [], callbacks: [] },
  'in review': { ...bareApp, reviewRequired: true },
  disabled: { status: 'disabled' },
  'address not allowed': { ipAllowList: ['192.0.2.1'] },
} as const;

it.each(Object.entries(apps))('unattended, and the doctor after it: %s', async (_name, app) => {
  const { sandbox, home } = await stage({ app });
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const flags = ['--domain', sandbox.url, '--host', 'none', '--json'];
  const plain = await runProgram(['setup', ...flags], { home, env });
  const doctor = await runProgram(['doctor', '--host', 'none'], { home });
  const autopilot = await runProgram(['setup', ...flags, '--autopilot'], { home, env });
  const wrong = await runProgram(['setup', ...flags], {
    home,
    env: { ...env, FEISHU_APP_SECRET: 'wrong' },
  });
  const all = [plain, doctor, autopilot, wrong].map(({ stdout, stderr }) => stdout + stderr);
  expect(await expectLinksOpen(all.join('\n'), sandbox.url)).toBeGreaterThan(0);
});

it('of every kind that there is', async () => {
  const { sandbox } = await stage();
  const links = consoleLinks(resolveEndpoints(sandbox.url), sandbox.appId);
  const { versionId } = sandbox.makeVersion(true);
  const all = [
    ...Object.values(links).filter((link) => typeof link === 'string'),
    links.auth(),
    links.auth(['im:message', 'im:chat']),
    links.version(versionId),
    links.addToApp({ scopes: { tenant: ['im:message'] } }),
    links.applyScope('im:message'),
  ];
  expect(await expectLinksOpen(all.join('\n'), sandbox.url)).toBe(new Set(all).size);
  // A page that the console does not have is not there.
  expect((await fetch(`${links.app}/no-such-page`)).status).toBe(404);
});
