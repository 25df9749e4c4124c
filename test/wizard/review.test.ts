/** An organisation that reviews versions: said as it is, by setup and by the doctor, without a wall of red. */
import { expect, it } from 'vitest';
import { runProgram } from '../support/program.ts';
import { DOWN, ENTER } from '../support/terminal.ts';
import { bareApp, person, stage, texts } from './stage.ts';

/** May change itself, but may not read its versions before one is approved. */
const reviewed = {
  ...bareApp,
  scopes: ['application:application:patch'],
  reviewRequired: true,
} as const;

it('is told to wait where the app may not read its versions, and continues once approved', async () => {
  const scene = await stage({ app: reviewed });
  const { sandbox } = scene;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.answer(texts.askAutopilot);
  await somebody.sees(texts.inReview);
  await somebody.answer(texts.askWait);
  await somebody.sees(texts.waitingApproval);
  sandbox.reviewVersion(true);
  await somebody.sees(texts.approved);
  await somebody.writes();
  await somebody.answer(texts.askWrite);
  expect(await screen.ended()).toBe(0);
  expect(screen.screen).not.toContain(texts.notInForce.en.split('{')[0]);
});

it.each([
  ['reads its versions', { ...reviewed, scopes: [...bareApp.scopes] }],
  ['may not read them', reviewed],
])('unattended, of an app that %s, names the one thing that is left', async (_name, app) => {
  const { sandbox, home } = await stage({ app });
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['--domain', sandbox.url, '--yes', '--autopilot', '--host', 'none'];
  const { code, stdout, stderr } = await runProgram(['setup', ...words], { home, env });
  expect(code).toBe(6);
  // A step that fails is printed on stderr.
  const red = stderr.split('\n').filter((line) => line.startsWith('✗'));
  expect(red.join('\n')).toMatch(/^✗ publish +version \S+ is submitted; your administrator/);
  expect(stdout + stderr).not.toMatch(/add the Bot|not in force/i);
});

it('the doctor says the same', async () => {
  const { sandbox, home } = await stage({ app: { ...reviewed, scopes: [...bareApp.scopes] } });
  const env = { FEISHU_APP_ID: sandbox.appId, FEISHU_APP_SECRET: sandbox.appSecret };
  const words = ['--domain', sandbox.url, '--yes', '--autopilot', '--host', 'none'];
  await runProgram(['setup', ...words], { home, env });
  const { code, stdout } = await runProgram(['doctor', '--host', 'none'], { home });
  expect(code).toBe(1);
  const red = stdout.split('\n').filter((line) => line.startsWith('✗'));
  expect(red.join('\n')).toMatch(/^✗ publish +version \S+ is submitted; your administrator/);
  sandbox.reviewVersion(true);
  const after = await runProgram(['doctor', '--host', 'none'], { home });
  expect(after.stdout.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
});

it('after a rejection submits a new version, and the doctor names the rejection alone', async () => {
  const app = { ...reviewed, scopes: [...bareApp.scopes] };
  const scene = await stage({ app });
  const { sandbox, home } = scene;
  const screen = scene.open('--host', 'none');
  const somebody = person(scene, screen);
  await somebody.pastes();
  await somebody.answer(texts.askAutopilot);
  await somebody.answer(texts.askWait);
  await somebody.sees(texts.waitingApproval);
  sandbox.reviewVersion(false);
  await screen.see('was rejected');
  await somebody.answer(texts.askRetry);
  await somebody.answer(texts.askAutopilot);
  await screen.see('version 1.0.1 is submitted');
  await somebody.answer(texts.askWait, DOWN + ENTER);
  expect(await screen.ended()).toBe(6);
  sandbox.reviewVersion(false);
  const { code, stdout } = await runProgram(['doctor', '--host', 'none'], { home });
  expect(code).toBe(1);
  expect(stdout).toContain('continue it: moltbot-feishu setup');
  const red = stdout.split('\n').filter((line) => line.startsWith('✗'));
  expect(red.map((line) => line.split(/ +/)[1])).toEqual(['enabled', 'publish']);
});
