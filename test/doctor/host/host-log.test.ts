/** Which lines of a host's log count: of this state directory, since its gateway's last start. */
import { expect, it } from 'vitest';
import { lastChannelError } from '../../../src/doctor/host/host-log.ts';
import { hostLogger } from '../../../src/host/account/logger.ts';

const now = Date.parse('2026-11-27T12:00:00Z');
const minute = 60_000;
const here = '/home/a/.clawdbot';

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
    gateway: (minutesAgo: number) => write('gateway', 'INFO', minutesAgo),
    async last(file?: string): Promise<string | undefined> {
      const found = await lastChannelError({
        file,
        name: 'clawdbot',
        home: '/home/a',
        stateDir: here,
        now,
        secret: undefined,
        read: () => Promise.resolve(Buffer.from(lines.join('\n'))),
      });
      return found?.error;
    },
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
  const found = await lastChannelError({
    file: undefined,
    name: 'openclaw',
    home: '/home/a',
    stateDir: here,
    now,
    secret: undefined,
    read: () => Promise.resolve(Buffer.from(odd.join('\n'))),
  });
  expect(found).toBeUndefined();
});
