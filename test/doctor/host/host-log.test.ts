/** Which lines of a host's log count: of this state directory, since its gateway's last start. */
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readTail } from '../../../src/config/file/bounded-file.ts';
import { lastChannelError } from '../../../src/doctor/host/host-log.ts';
import { hostLogger } from '../../../src/host/account/logger.ts';
import { temporaryHome } from '../../support/home.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const minute = 60_000;
const here = '/home/a/.clawdbot';
const today = '/tmp/clawdbot/clawdbot-2026-11-27.log';

/** Only these files are there. */
function onDisk(files: Readonly<Record<string, string>>) {
  return (path: string): Promise<Buffer> => {
    const text = files[path];
    if (text !== undefined) return Promise.resolve(Buffer.from(text));
    return Promise.reject(Object.assign(new Error('not there'), { code: 'ENOENT' }));
  };
}

async function lastIn(
  files: Readonly<Record<string, string>>,
  { file, at = now }: { readonly file?: string | undefined; readonly at?: number } = {},
): Promise<string | undefined> {
  const found = await lastChannelError({
    file,
    name: 'clawdbot',
    home: '/home/a',
    stateDir: here,
    accountIds: ['default', 'work'],
    now: at,
    secret: undefined,
    readTail: onDisk(files),
  });
  return found && `${found.path} ${found.error}`;
}

/** A log as the hosts write it (tslog): fields first where there are some, then the message. */
function writer() {
  const lines: string[] = [];
  const write =
    (name: string, level: string, minutesAgo: number) =>
    (text: string, fields?: Readonly<Record<string, unknown>>): void => {
      const { consoleMessage: _shown, ...file } = fields ?? {};
      const said = Object.keys(file).length > 0 ? [file, text] : [text];
      const subsystem = `{"subsystem":"${name}"}`;
      lines.push(
        JSON.stringify({
          ...Object.fromEntries([subsystem, ...said].entries()),
          time: new Date(now - minutesAgo * minute).toISOString(),
          _meta: { logLevelName: level, name: subsystem },
        }),
      );
    };
  return {
    /** Our own lines, through the logger of the channel. */
    channel: (
      mark: { stateDir?: string; accountId?: string; startedAt: number },
      minutesAgo: number,
    ) =>
      hostLogger(
        {
          info: write('gateway/channels/feishu', 'INFO', minutesAgo),
          warn: write('gateway/channels/feishu', 'WARN', minutesAgo),
          error: write('gateway/channels/feishu', 'ERROR', minutesAgo),
        },
        { stateDir: here, accountId: 'default', ...mark },
      ),
    host: (minutesAgo: number) => write('gateway/channels/feishu', 'ERROR', minutesAgo),
    diagnostic: (minutesAgo: number) => write('diagnostic', 'ERROR', minutesAgo),
    gateway: (minutesAgo: number) => write('gateway', 'INFO', minutesAgo),
    text: () => lines.join('\n'),
    last: (file?: string) =>
      lastIn({ [file === undefined ? today : '/home/a/own.log']: lines.join('\n') }, { file }),
  };
}

it('counts an error of this gateway since the account started', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 5).error('a reply failed');
  expect(await log.last()).toContain('a reply failed');
  log.channel({ startedAt: 2 }, 4).info('long connection');
  expect(await log.last()).toBeUndefined();
  log.channel({ startedAt: 2 }, 3).error('failed anew');
  expect(await log.last()).toContain('failed anew');
});

it('counts each account since its own start, and the latest error of all', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 9).error('the older one');
  log.channel({ accountId: 'work', startedAt: 5 }, 8).error('the newer one');
  expect(await log.last()).toContain('the newer one');
  log.channel({ accountId: 'work', startedAt: 6 }, 7).info('long connection');
  expect(await log.last()).toContain('the older one');
});

it('counts nothing of another state directory, nor of an hour ago', async () => {
  const log = writer();
  log.channel({ stateDir: '/home/b/.clawdbot', startedAt: 1 }, 5).error('of another HOME');
  log.channel({ startedAt: 1 }, 61).error('of an hour ago');
  expect(await log.last()).toBeUndefined();
});

it('counts no diagnostic line of a message whose agent failed', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 5).info('long connection');
  log.diagnostic(4)(
    'message processed: channel=feishu chatId=user:ou_a outcome=error duration=9ms',
  );
  expect(await log.last()).toBeUndefined();
});

it('counts nothing of an account that the config no longer has', async () => {
  const log = writer();
  log.channel({ accountId: 'removed', startedAt: 1 }, 5).error('a reply failed');
  log.channel({ startedAt: 1 }, 4).info('long connection');
  expect(await log.last()).toBeUndefined();
});

it('counts lines without a mark only where it is known whose they are', async () => {
  const log = writer();
  log.host(5)('[default] channel exited: token refused');
  // The file of all HOMEs says nothing of whose gateway this was; one that the config names does.
  expect(await log.last()).toBeUndefined();
  expect(await log.last('~/own.log')).toContain('token refused');
  log.gateway(4)('listening on ws://127.0.0.1:18789 (PID 7)');
  expect(await log.last('~/own.log')).toBeUndefined();
  log.channel({ startedAt: 1 }, 3).info('long connection');
  log.host(2)('[default] channel exited: refused again');
  expect(await log.last()).toContain('refused again');
  log.channel({ stateDir: '/home/b/.clawdbot', startedAt: 1 }, 1).info('long connection');
  expect(await log.last()).toBeUndefined();
});

it('reads whatever stands in the file', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 5).error('a reply failed');
  const odd = [
    '',
    '{',
    'feishu',
    '{"feishu":1}',
    '{"0":"feishu","_meta":{"logLevelName":"ERROR"}}',
  ];
  expect(await lastIn({ [today]: odd.join('\n') })).toBeUndefined();
});

it('counts no line without a time, and none that is dated ahead', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, -30).error('before the clock was set back');
  expect(await log.last()).toBeUndefined();
  log.channel({ startedAt: now + 60 * minute }, -61).info('long connection');
  log.channel({ startedAt: 2 }, 1).error('of the gateway that runs');
  expect(await log.last()).toContain('of the gateway that runs');
  const undated = writer();
  undated.channel({ startedAt: 1 }, 5).error('a reply failed');
  const line = JSON.parse(undated.text());
  for (const time of [undefined, '', 'yesterday']) {
    expect(await lastIn({ [today]: JSON.stringify({ ...line, time }) })).toBeUndefined();
  }
});

it('reads on in the file of the day before, and in one that grew too large', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 5).error('a reply failed');
  const yesterday = '/tmp/clawdbot/clawdbot-2026-11-26.log';
  const midnight = new Date(2026, 10, 27).getTime();
  const dated = JSON.parse(log.text());
  const before = JSON.stringify({ ...dated, time: new Date(midnight - 5 * minute).toISOString() });
  const since = { at: midnight + 5 * minute };
  expect(await lastIn({ [yesterday]: before }, since)).toContain(`${yesterday} `);
  expect(await lastIn({ [yesterday]: before }, { at: midnight + 70 * minute })).toBeUndefined();
  const next = writer();
  next.channel({ startedAt: 2 }, 1).info('long connection');
  expect(await lastIn({ [yesterday]: before, [today]: next.text() }, since)).toBeUndefined();

  const large = '/tmp/clawdbot/clawdbot-2026-11-27.1.log';
  expect(await lastIn({ [large]: log.text(), [today]: '' })).toContain(`${large} `);
  expect(await lastIn({ '/home/a/own.1.log': log.text() }, { file: '~/own.log' })).toContain(
    'own.1',
  );
});

it('shows no secret that somebody else logged', async () => {
  const log = writer();
  log.channel({ startedAt: 1 }, 5).error('401 for api_key=abcdefgh');
  expect(await log.last()).toContain('401 for api_key=***');
});

it.skipIf(process.platform === 'win32')(
  'reads the end of a file, and nothing else than files',
  async () => {
    const home = await temporaryHome();
    const path = join(home, 'host.log');
    await writeFile(path, `${'x'.repeat(100_000)}end`);
    expect((await readTail(path, 4)).toString()).toBe('xend');
    expect((await readTail(path, 200_000)).length).toBe(100_003);
    execFileSync('mkfifo', [join(home, 'pipe')]);
    const log = {
      name: 'openclaw',
      home,
      stateDir: here,
      accountIds: [],
      now,
      secret: undefined,
      readTail,
    } as const;
    for (const file of ['/dev/zero', join(home, 'pipe'), home]) {
      expect(await lastChannelError({ ...log, file })).toBeUndefined();
    }
  },
);
