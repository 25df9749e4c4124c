/** What `remove` says of the inbox that stays behind, and `--purge`, which deletes it. */
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { purgeInbox } from '../../src/channel/inbox/purge-inbox.ts';
import { PAIRING_REQUESTS_FILE } from '../../src/channel/message/pairing.ts';
import { RECORD_FILE } from '../../src/channel/run-record.ts';
import { openOwnInbox } from '../channel/inbox/own-inbox.ts';
import { inbound } from '../channel/messages.ts';
import { temporaryHome } from '../support/home.ts';
import { runProgram } from '../support/program.ts';
import { CTRL_C, openTerminal } from '../support/terminal.ts';

const appId = 'cli_a1b2c3d4e5f60718';
const otherApp = 'cli_0000000000000001';

/** An inbox in which one message waits, with a process (this one) that works on it. */
async function inboxIn(place: string, app: string) {
  const directory = join(place, app);
  const inbox = await openOwnInbox(directory);
  onTestFinished(() => inbox.close());
  await inbox.receive(inbound());
  await writeFile(join(directory, RECORD_FILE), '{"state":"connected","since":1}');
  await writeFile(join(directory, PAIRING_REQUESTS_FILE), '{"ou_stranger":1}');
  return { directory, close: () => inbox.close() };
}

async function stage(feishu: object = { appId, appSecret: 'x' }) {
  const home = await temporaryHome();
  const stateDir = join(home, '.clawdbot');
  await mkdir(stateDir, { mode: 0o700 });
  await writeFile(join(stateDir, 'moltbot.json'), JSON.stringify({ channels: { feishu } }));
  const remove = async (...flags: string[]) => {
    const ended = await runProgram(['remove', '--json', ...flags], { home, env: { PATH: '' } });
    expect(ended.code, ended.stderr).toBe(0);
    return { ...ended, document: JSON.parse(ended.stdout) };
  };
  const inbox = (app = appId) => inboxIn(join(stateDir, 'feishu-inbox'), app);
  return { home, stateDir, remove, inbox, left: () => readdir(stateDir) };
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('the inbox of an account that is taken out', () => {
  it('stays, and remove says where it is and what is in it', async () => {
    const { remove, inbox } = await stage();
    const { directory, close } = await inbox();
    await close();
    const { document, stderr } = await remove();
    const stays = document.stays.find(({ what }: { what: string }) => what === 'inbox');
    expect(stays.detail).toContain(`the inbox ${directory}`);
    expect(stays.detail).toContain('1 unanswered');
    expect(stderr).toContain(directory);
    expect(document.steps).toEqual([]);
    expect(await isThere(directory)).toBe(true);
  });

  it('is not spoken of where there is none, or where it is in use by another account', async () => {
    const alone = await stage();
    expect(JSON.stringify((await alone.remove()).document.stays)).not.toContain('inbox');
    const shared = await stage({ appId, appSecret: 'x', accounts: { twin: { appId } } });
    const { directory, close } = await shared.inbox();
    await close();
    const { document } = await shared.remove('--account', 'twin', '--purge');
    expect(document.steps).toMatchObject([{ id: 'inbox', status: 'skipped' }]);
    expect(JSON.stringify(document.stays)).not.toContain('inbox');
    expect(await isThere(directory)).toBe(true);
  });

  it('is told of by its keys where it is in Redis, without the address', async () => {
    const inbox = 'redis://user:s3cret@127.0.0.1:1';
    const { remove } = await stage({ appId, appSecret: 'x', inbox });
    const { document, stdout, stderr } = await remove('--purge');
    const keys = `{feishu-inbox:${appId}}:*`;
    expect(document.steps).toMatchObject([{ status: 'skipped' }]);
    expect(document.steps[0].detail).toContain(keys);
    expect(stdout + stderr).not.toContain('s3cret');
  });

  it('is deleted as far as it is on this machine, where the messages are in Redis', async () => {
    const { stateDir, remove } = await stage({
      appId,
      appSecret: 'x',
      inbox: 'redis://127.0.0.1:1',
    });
    const directory = join(stateDir, 'feishu-inbox', appId);
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, PAIRING_REQUESTS_FILE), '{"ou_stranger":1}');
    const { document } = await remove('--purge');
    expect(document.steps).toMatchObject([{ status: 'skipped' }, { status: 'ok' }]);
    expect(await isThere(join(stateDir, 'feishu-inbox'))).toBe(false);
  });
});

describe('remove --purge', () => {
  it('deletes it, and nothing of another app', async () => {
    const { stateDir, remove, inbox, left } = await stage();
    const [mine, other] = [await inbox(), await inbox(otherApp)];
    await mine.close();
    await other.close();
    const { document, stderr } = await remove('--purge');
    expect(document.steps).toMatchObject([{ id: 'inbox', status: 'ok' }]);
    expect(document.steps[0].detail).toContain(`deleted: ${mine.directory}, with 1 unanswered`);
    expect(stderr).toContain('✓ inbox');
    expect(JSON.stringify(document.stays)).not.toContain('inbox');
    expect(await readdir(join(stateDir, 'feishu-inbox'))).toEqual([otherApp]);

    const again = await stage();
    await (await again.inbox()).close();
    await again.remove('--purge');
    expect(await again.left()).not.toContain('feishu-inbox');
    expect(await left()).toContain('moltbot.json.bak');
  });

  it('leaves it to the process that works on it, and says what to do then', async () => {
    const { remove, inbox } = await stage();
    const { directory } = await inbox();
    const before = await readdir(directory);
    const { document } = await remove('--purge');
    expect(document.config.changed).toBe(true);
    expect(document.steps).toMatchObject([{ id: 'inbox', status: 'warn' }]);
    expect(document.steps[0].fix).toContain(directory);
    expect(await readdir(directory)).toEqual(before);
  });

  it('waits for a process that is about to leave', async () => {
    const home = await temporaryHome();
    const { directory, close } = await inboxIn(home, appId);
    const { signal } = new AbortController();
    const purging = purgeInbox(directory, { waitMs: 60_000, signal });
    await close();
    expect(await purging).toEqual({ is: 'gone' });
    expect(await isThere(directory)).toBe(false);
    expect(await purgeInbox(directory, { waitMs: 60_000, signal })).toEqual({ is: 'absent' });
  });

  it('deletes only what is ours in there', async () => {
    const { remove, inbox } = await stage();
    const { directory, close } = await inbox();
    await close();
    await writeFile(join(directory, 'notes.txt'), 'mine');
    const { document } = await remove('--purge');
    expect(document.steps[0].detail).toContain('notes.txt');
    expect(await readdir(directory)).toEqual(['notes.txt']);
  });

  it('deletes nothing where the App ID is not known', async () => {
    const { remove, inbox } = await stage({ appId: '${NOBODY_SETS_IT}', appSecret: 'x' });
    const { directory, close } = await inbox();
    await close();
    const { document } = await remove('--purge');
    expect(document.config.changed).toBe(true);
    expect(document.steps).toMatchObject([{ id: 'inbox', status: 'skipped' }]);
    expect(await isThere(directory)).toBe(true);
  });

  it('deletes nothing in a dry run, and says what it would', async () => {
    const { remove, inbox } = await stage();
    const { directory, close } = await inbox();
    await close();
    const { document } = await remove('--purge', '--dry-run');
    expect(document.steps).toMatchObject([{ id: 'inbox', status: 'skipped' }]);
    expect(document.steps[0].detail).toContain(`will be deleted: ${directory}`);
    expect(await isThere(directory)).toBe(true);
  });

  it('says so before it asks, and deletes nothing when cancelled', async () => {
    const { home, inbox } = await stage();
    const { directory, close } = await inbox();
    await close();
    const screen = openTerminal(['remove', '--purge', '--lang', 'zh'], { home });
    await screen.see('将被删除');
    await screen.see('确认移除');
    screen.type(CTRL_C);
    expect(await screen.ended()).toBe(130);
    expect(await isThere(directory)).toBe(true);
  });
});
