import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn as spawnTerminal } from '@lydell/node-pty';
import { describe, expect, it } from 'vitest';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import { cliPath, runProgram } from '../support/program.ts';
import { openWorkplace, type Workplace, type WorkplaceOptions } from './workplace.ts';

async function within(options: WorkplaceOptions, use: (workplace: Workplace) => Promise<void>) {
  const workplace = await openWorkplace(options);
  try {
    await use(workplace);
  } finally {
    await workplace.close();
  }
}

const doctor = (workplace: Workplace, ...flags: string[]) =>
  runProgram(['doctor', ...flags], {
    home: workplace.home,
    env: { PATH: workplace.env.PATH ?? '' },
  });

describe('doctor', () => {
  it('says of a working account that it works, and exits 0', () =>
    within({}, async (workplace) => {
      await workplace.writeConfig();
      const text = await doctor(workplace);
      expect(text.code, text.stdout + text.stderr).toBe(0);
      expect(text.stdout).toMatch(/^Feishu · account default · cli_.{4}….{4} “Sandbox Bot”\n/);
      expect(text.stdout).toContain('✓ credentials');
      expect(text.stdout).toMatch(
        /\neverything that can be checked is well, 3 not checked {3}exit 0/,
      );

      const json = await doctor(workplace, '--json');
      const document = JSON.parse(json.stdout);
      expect(document).toMatchObject({ ok: true, summary: { fail: 0, warn: 0 } });
      expect(document.first).toBeUndefined();
      expect(document.accounts[0].id).toBe('default');
      expect(Object.values(document.summary).reduce((a, b) => Number(a) + Number(b), 0)).toBe(
        document.accounts[0].checks.length,
      );
      for (const said of [text.stdout, text.stderr, json.stdout, json.stderr]) {
        expect(said).not.toContain(workplace.sandbox.appSecret);
      }
    }));

  it('names the first broken link in one sentence with its fix, in both languages, and exits 1', () =>
    within({ app: { events: [] } }, async (workplace) => {
      await workplace.writeConfig();
      const english = await doctor(workplace);
      expect(english.code).toBe(1);
      expect(english.stdout).toMatch(
        /\nFirst broken link: events – im\.message\.receive_v1 is not in .*\nfix: add it at http.*tab=event/,
      );
      expect(english.stdout).toMatch(/\n1 problem, .*exit 1/);
      const chinese = await doctor(workplace, '--lang', 'zh');
      expect(chinese.stdout).toMatch(/\n首个断点：事件订阅 – 已发布版本 .* 未包含/);
      const { ok, first } = JSON.parse((await doctor(workplace, '--json')).stdout);
      expect([ok, first.account, first.id, first.status]).toEqual([
        false,
        'default',
        'events',
        'fail',
      ]);
    }));

  it('looks at each account, or at the one that is asked for', () =>
    within({}, async (workplace) => {
      const other = workplace.sandbox.createApp({ bot: false });
      workplace.feishu = {
        ...workplace.feishu,
        accounts: { work: { appId: other.appId, appSecret: other.appSecret } },
      };
      await workplace.writeConfig();
      const all = JSON.parse((await doctor(workplace, '--json')).stdout);
      expect(all.accounts.map(({ id }: { id: string }) => id)).toEqual(['default', 'work']);
      expect(all.first).toMatchObject({ account: 'work', id: 'bot' });
      const one = await doctor(workplace, '--json', '--account', 'default');
      expect([one.code, JSON.parse(one.stdout).accounts.length]).toEqual([0, 1]);
      const none = await doctor(workplace, '--json', '--account', 'nobody');
      expect([none.code, JSON.parse(none.stdout).error.code]).toEqual([5, 'no-account']);
    }));

  it('ends with its checks where there is no config that could be read', () =>
    within({}, async (workplace) => {
      workplace.text = '{ channels: { feishu: }';
      await workplace.writeConfig();
      const ended = await doctor(workplace, '--json');
      expect(ended.code).toBe(1);
      const [account] = JSON.parse(ended.stdout).accounts;
      const config = account.checks.find(({ id }: { id: string }) => id === 'config');
      expect(config).toMatchObject({ status: 'fail' });
      expect(config.detail).toContain('line 1, column');
      expect(await readFile(workplace.configPath, 'utf8')).toBe(workplace.text);
    }));
});

describe('doctor --fix', () => {
  const broken = {
    app: { events: [], scopes: [...everydayScopes, 'application:application:patch'] },
  };

  it('changes nothing where nobody can be asked, and says what it would do', () =>
    within(broken, async (workplace) => {
      workplace.feishu.enabled = false;
      await workplace.writeConfig();
      const before = await workplace.snapshot();
      const ended = await doctor(workplace, '--fix', '--json');
      expect(ended.code).toBe(1);
      expect(JSON.parse(ended.stdout).mended).toEqual([]);
      expect(ended.stderr).toContain('set channels.feishu.enabled to true');
      expect(ended.stderr).toContain('--yes');
      expect(await workplace.snapshot()).toEqual(before);
    }));

  it('fixes all of it with --yes, looks again, and exits 0', () =>
    within(broken, async (workplace) => {
      workplace.feishu.enabled = false;
      await workplace.writeConfig();
      const ended = await doctor(workplace, '--fix', '--yes', '--json');
      expect(ended.code, ended.stderr).toBe(0);
      const document = JSON.parse(ended.stdout);
      expect(document.ok).toBe(true);
      expect(document.mended).toHaveLength(2);
      expect(JSON.parse(await readFile(workplace.configPath, 'utf8')).channels.feishu.enabled).toBe(
        true,
      );
    }));

  it('fixes several things in one go', () =>
    within(broken, async (workplace) => {
      workplace.feishu.typingReactions = false;
      workplace.feishu.enabled = false;
      await workplace.writeConfig();
      await chmod(workplace.configPath, 0o640);
      const ended = await doctor(workplace, '--fix', '--yes', '--json');
      expect(ended.code, ended.stderr).toBe(0);
      const { mended, summary } = JSON.parse(ended.stdout);
      expect(mended).toHaveLength(4);
      expect([summary.fail, summary.warn]).toEqual([0, 0]);
    }));

  it('asks before each on a terminal, and leaves what is not wanted', () =>
    within(broken, async (workplace) => {
      workplace.feishu.enabled = false;
      await workplace.writeConfig();
      const terminal = spawnTerminal(process.execPath, [cliPath, 'doctor', '--fix'], {
        cols: 120,
        rows: 60,
        env: { PATH: workplace.env.PATH, HOME: workplace.home, LANG: 'en_US.UTF-8', TERM: 'xterm' },
      });
      let seen = '';
      let asked = 0;
      const code = await new Promise<number>((resolve) => {
        terminal.onData((text) => {
          seen += text;
          // Each question is answered once, when its choices stand there.
          const questions = seen.split('◆').length - 1;
          if (questions > asked && /Yes.*No/s.test(seen.slice(seen.lastIndexOf('◆')))) {
            asked = questions;
            terminal.write(asked === 1 ? 'y' : 'n');
          }
        });
        terminal.onExit(({ exitCode }) => resolve(exitCode));
      });
      expect(asked).toBeGreaterThanOrEqual(2);
      expect(code).toBe(1);
      expect(JSON.parse(await readFile(workplace.configPath, 'utf8')).channels.feishu.enabled).toBe(
        true,
      );
      // The app was left as it was.
      const writes = workplace.sandbox.calls().filter(({ method }) => method === 'PATCH');
      expect(writes).toEqual([]);
      expect(seen).toContain('checking ');
    }));
});

interface LiveEnd {
  readonly code: number | null;
  readonly ok: boolean;
  readonly checks: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
  readonly stdout: string;
  readonly stderr: string;
}

/** `doctor --live --json` to its end; once it asks for a message, `then` happens. */
async function liveWith(
  { env, home }: Workplace,
  then: (child: ChildProcess) => unknown,
): Promise<LiveEnd> {
  const child = spawn(process.execPath, [cliPath, 'doctor', '--live', '--json'], {
    env: { PATH: env.PATH, HOME: home },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const isAsked = stderr.includes('a direct message now');
    stderr += text;
    if (!isAsked && stderr.includes('a direct message now')) then(child);
  });
  const [code] = await once(child, 'close');
  const { ok, accounts } = JSON.parse(stdout);
  const checks = accounts[0].checks.map((check: { id: string }) => [check.id, check]);
  return { code, ok, checks: Object.fromEntries(checks), stdout, stderr };
}

describe('doctor --live', () => {
  it('waits for one message, answers it, and times both ways', () =>
    within({}, async (workplace) => {
      await workplace.goOffline();
      await workplace.writeConfig();
      const { sandbox } = workplace;
      const answered = sandbox.nextAnswer({}, { timeoutMs: 50_000 });
      const { checks, stdout, stderr } = await liveWith(workplace, () =>
        sandbox.say({ text: 'are you there' }),
      );
      expect((await answered).content).toContain('the line works both ways');
      expect(checks.live).toMatchObject({ status: 'ok' });
      // What the message proved counts in the same report.
      expect(['event-mode', 'events'].filter((id) => checks[id]?.status !== 'ok')).toEqual([]);
      expect(checks.live?.detail).toMatch(
        /from ou_\w+: arrived \d+ ms after sending, answered in \d+ ms/,
      );
      expect(stdout + stderr).not.toContain('are you there');
    }));

  it('counts what an arrived message proves though the answer fails', () =>
    within({}, async (workplace) => {
      await workplace.goOffline();
      await workplace.writeConfig();
      const { sandbox } = workplace;
      sandbox.fault({
        match: { method: 'POST', path: '/reply' },
        do: { kind: 'code', code: 230002, msg: 'Bot is NOT in the chat' },
      });
      const ended = await liveWith(workplace, () => sandbox.say({ text: 'are you there' }));
      expect(ended.code).toBe(1);
      expect(ended.checks.live).toMatchObject({
        status: 'fail',
        detail: expect.stringContaining('a message came, and could not be answered'),
      });
      expect(ended.checks['event-mode']).toMatchObject({ status: 'ok' });
    }));

  it('names no other client where the doctor is alone', () =>
    within({}, async (workplace) => {
      await workplace.goOffline();
      await workplace.writeConfig();
      const ended = await liveWith(workplace, () => workplace.sandbox.say({ text: 'hello' }));
      expect(ended.checks.live).toMatchObject({ status: 'ok' });
      expect(ended.stderr).not.toContain('Online with this app besides the doctor');
    }));

  it('stopped by Ctrl-C, says so and does not end as if all were well', () =>
    within({}, async (workplace) => {
      await workplace.goOffline();
      await workplace.writeConfig();
      const ended = await liveWith(workplace, (child) => child.kill('SIGINT'));
      expect(ended.code).toBe(130);
      expect(ended.ok).toBe(false);
      expect(ended.checks.live).toMatchObject({
        status: 'not-checked',
        detail: 'stopped before a message was answered',
      });
    }));

  it('sends one to the person who is named', () =>
    within({}, async (workplace) => {
      await workplace.writeConfig();
      const { sandbox } = workplace;
      const ended = await doctor(workplace, '--json', '--live', sandbox.user.openId);
      expect(ended.code, ended.stdout).toBe(0);
      expect(sandbox.messages().map(({ fromBot }) => fromBot)).toEqual([true]);
    }));
});

it('draws anew when something changes, and not before', () =>
  within({}, async (workplace) => {
    await workplace.writeConfig();
    const child = spawn(process.execPath, [cliPath, 'doctor', '--watch', '--json'], {
      env: { PATH: workplace.env.PATH, HOME: workplace.home },
    });
    const lines: string[] = [];
    await new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        lines.push(...text.split('\n').filter(Boolean));
        if (lines.length === 1) workplace.sandbox.configureApp({ bot: false });
        if (lines.length === 2) child.kill('SIGINT');
      });
      child.once('close', () => resolve());
    });
    const [first, second] = lines.map((line) => JSON.parse(line));
    expect([lines.length, first.ok, second.first.id]).toEqual([2, true, 'bot']);
    // A line that is opened every few seconds would take the running gateway's events.
    const asked = workplace.sandbox.calls().filter(({ path }) => path === '/callback/ws/endpoint');
    expect(asked).toHaveLength(1);
  }));

it('writes a report that only its owner can read', () =>
  within({}, async (workplace) => {
    await workplace.writeConfig();
    const file = join(workplace.home, 'report.md');
    const ended = await doctor(workplace, '--report', file);
    expect(ended.stdout).toContain(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain(workplace.sandbox.appSecret);
    expect(text).not.toContain(workplace.sandbox.appId);
  }));
