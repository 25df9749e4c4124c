/** OpenClaw used after a setup for another host: the doctor moves the section to the file that it reads. */
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryHome } from '../../support/home.ts';
import { putHost } from '../../support/host-program.ts';
import { runProgram } from '../../support/program.ts';

const section = { appId: 'cli_a1b2c3d4e5f60718', appSecret: '${SECRET}', dmPolicy: 'open' };

interface Given {
  readonly section?: Record<string, unknown>;
  readonly openclaw?: string;
  readonly others?: readonly 'clawdbot'[];
}

async function workplace(given: Given = {}) {
  const home = await temporaryHome();
  for (const host of ['openclaw', ...(given.others ?? [])] as const) await putHost(home, host);
  const [old, own] = [join(home, '.clawdbot'), join(home, '.openclaw')];
  await mkdir(join(old, 'feishu-inbox'), { recursive: true, mode: 0o700 });
  const feishu = { ...section, domain: 'http://127.0.0.1:1', ...given.section };
  await writeFile(join(old, 'moltbot.json'), JSON.stringify({ channels: { feishu } }));
  if (given.openclaw !== undefined) {
    await mkdir(own, { mode: 0o700 });
    await writeFile(join(own, 'openclaw.json'), given.openclaw);
  }
  const doctor = async (env: Record<string, string>, ...words: string[]) => {
    const { stdout } = await runProgram(['doctor', '--json', ...words], {
      home,
      env: { PATH: join(home, 'bin'), SECRET: 'the-secret', ...env },
    });
    const document = JSON.parse(stdout);
    const check = document.accounts[0].checks.find(
      ({ id }: { id: string }) => id === 'state-directory',
    );
    return { ...document, check };
  };
  return { home, old, own, feishu, doctor };
}

it('is named first, and its fix moves the section as it is written', async () => {
  const { home, own, feishu, doctor } = await workplace({ openclaw: '// mine\n{}\n' });
  const before = await doctor({});
  expect(before.first).toMatchObject({ id: 'state-directory', status: 'fail' });
  const after = await doctor({}, '--fix', '--yes');
  expect(after.check).toMatchObject({ status: 'ok' });
  const text = await readFile(join(own, 'openclaw.json'), 'utf8');
  expect(text).toContain('// mine');
  expect(text).toContain('${SECRET}');
  expect(JSON.parse(text.replace('// mine', '')).channels.feishu).toEqual(feishu);
  // Nothing is deleted: the old directory has another name, and the inbox went along.
  expect(await readdir(home)).toContain('.clawdbot.before-openclaw');
  expect(await readdir(join(home, '.clawdbot.before-openclaw'))).toContain('moltbot.json');
  expect(await readdir(own)).toContain('feishu-inbox');
});

it('is moved where OpenClaw has no directory yet, and never over a section that is there', async () => {
  const fresh = await workplace();
  await fresh.doctor({}, '--fix', '--yes');
  const moved = JSON.parse(await readFile(join(fresh.own, 'openclaw.json'), 'utf8'));
  expect(moved.channels.feishu).toEqual(fresh.feishu);
  const taken = JSON.stringify({ channels: { feishu: { appId: 'cli_00000000000000bb' } } });
  const both = await workplace({ openclaw: taken });
  await both.doctor({}, '--fix', '--yes');
  const kept = JSON.parse(await readFile(join(both.own, 'openclaw.json'), 'utf8'));
  expect(kept.channels.feishu.appId).toBe('cli_00000000000000bb');
});

it('is only advised where a move would break something', async () => {
  const shared = await workplace({ others: ['clawdbot'] });
  const { check } = await shared.doctor({}, '--fix', '--yes');
  expect(check).toMatchObject({ status: 'fail' });
  expect(check.fix).toContain('OPENCLAW_STATE_DIR=');
  const relative = await workplace({ section: { appSecret: undefined, appSecretFile: 'secret' } });
  expect((await relative.doctor({}, '--fix', '--yes')).check).toMatchObject({ status: 'fail' });
  expect(await readdir(relative.home)).toContain('.clawdbot');
});

it('is nothing where the host does not look there', async () => {
  const named = await workplace({ openclaw: '{}' });
  const { check } = await named.doctor({ OPENCLAW_STATE_DIR: named.own });
  expect(check).toMatchObject({ status: 'ok' });
  const home = await temporaryHome();
  await putHost(home, 'openclaw');
  await mkdir(join(home, '.openclaw'));
  await symlink(join(home, '.openclaw'), join(home, '.clawdbot'));
  const { stdout } = await runProgram(['doctor', '--json'], {
    home,
    env: { PATH: join(home, 'bin') },
  });
  expect(JSON.parse(stdout).accounts[0].checks[0]).toMatchObject({ status: 'ok' });
});
