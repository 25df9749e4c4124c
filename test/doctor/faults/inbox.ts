/** Faults of the inbox and what passes it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { takeOwnership } from '../../../src/channel/inbox/directory/ownership.ts';
import {
  encodeRecord,
  type JournalRecord,
  journalHeader,
} from '../../../src/channel/inbox/directory/records.ts';
import { RECORD_FILE } from '../../../src/channel/run-record.ts';
import { leaveInRedis, redisServer } from '../../channel/inbox/redis-server.ts';
import { channelStatus, type Workplace } from '../workplace.ts';
import { clawdbot, type DoctorFault, feishu } from './fault.ts';

const inboxOf = ({ home, sandbox }: Workplace) =>
  join(home, '.clawdbot', 'feishu-inbox', sandbox.appId);

async function inInbox(workplace: Workplace, records: readonly JournalRecord[]): Promise<void> {
  const lines = records.map((record) => encodeRecord(record)).join('');
  await workplace.write(join(inboxOf(workplace), '00000001.log'), journalHeader + lines);
}

const received = (at: number): JournalRecord => ({
  is: 'received',
  n: 1,
  at,
  message: {
    eventId: 'evt-1',
    messageId: 'om_1',
    chatId: 'oc_1',
    chatType: 'p2p',
    createTime: at,
    senderOpenId: 'ou_1',
    senderType: 'user',
    messageType: 'text',
    content: '{"text":"hello"}',
    mentions: [],
  },
});

const inRedis = async (workplace: Workplace, settings: Record<string, string> = {}) => {
  const server = await redisServer(settings, workplace.later);
  feishu({ inbox: server.url })(workplace);
  return server;
};

export const inboxFaults: readonly DoctorFault[] = [
  {
    broken: 'messages wait and no process works on them',
    check: 'inbox',
    status: 'warn',
    fix: 'start the gateway',
    make: (workplace) => inInbox(workplace, [received(Date.now() - 3_600_000)]),
  },
  {
    broken: 'messages were given up',
    check: 'inbox',
    status: 'warn',
    fix: 'ask them to write again',
    make: (workplace) =>
      inInbox(workplace, [
        received(Date.now()),
        { is: 'parked', n: 1, at: Date.now(), eventId: 'evt-1', messageId: 'om_1', chatId: 'oc_1' },
      ]),
  },
  {
    broken: 'a file of the inbox is damaged',
    check: 'inbox',
    status: 'warn',
    fix: 'check the disk',
    make: (workplace) => workplace.write(join(inboxOf(workplace), '00000001.log.damaged'), 'x'),
  },
  {
    broken: 'the inbox cannot be read',
    check: 'inbox',
    fix: 'read and write',
    make: async (workplace) => {
      await mkdir(join(workplace.home, '.clawdbot'), { recursive: true, mode: 0o700 });
      await writeFile(join(workplace.home, '.clawdbot', 'feishu-inbox'), 'a file');
    },
  },
  {
    broken: 'the bundled runtime runs, and its connection stays down',
    check: 'traffic',
    status: 'warn',
    fix: 'check its log',
    make: async (workplace) => {
      const directory = inboxOf(workplace);
      const since = Date.now() - 10 * 60_000;
      await workplace.write(
        join(directory, RECORD_FILE),
        JSON.stringify({ state: 'reconnecting', since, lastEventAt: since - 1000 }),
      );
      const { signal } = new AbortController();
      const ownership = await takeOwnership(directory, () => undefined, signal);
      if (ownership.kind !== 'owner') throw new Error('somebody else works there');
      workplace.later(ownership.release);
    },
  },
  {
    broken: 'the Redis of the inbox cannot be reached',
    check: 'inbox',
    fix: 'see that Redis runs',
    make: feishu({ inbox: 'redis://127.0.0.1:1' }),
  },
  {
    broken: 'messages wait in Redis and no process works on them',
    check: 'inbox',
    status: 'warn',
    fix: 'start the gateway',
    needs: 'redis-server',
    make: async (workplace) => {
      const { url } = await inRedis(workplace);
      await leaveInRedis(url, workplace.sandbox.appId, Date.now() - 3_600_000);
    },
  },
  {
    broken: 'Redis does not write waiting messages to disk',
    check: 'inbox',
    status: 'warn',
    fix: 'set appendonly yes',
    needs: 'redis-server',
    make: async (workplace) => void (await inRedis(workplace, { appendonly: 'no' })),
  },
  {
    broken: 'Redis drops data when its memory is full',
    check: 'inbox',
    status: 'warn',
    fix: 'set maxmemory-policy noeviction',
    needs: 'redis-server',
    make: async (workplace) =>
      void (await inRedis(workplace, { 'maxmemory-policy': 'allkeys-lru' })),
  },
  {
    broken: 'the newest message was dropped by the policy',
    check: 'traffic',
    status: 'warn',
    fix: 'change dmPolicy, allowFrom, groupPolicy or requireMention',
    place: clawdbot,
    make: ({ write, home }) =>
      write(
        join(home, 'host', 'status.json'),
        JSON.stringify(
          channelStatus({
            running: true,
            lastInboundAt: Date.now() - 90_000,
            lastIgnored: { at: Date.now() - 30_000, reason: 'not-in-allowlist' },
          }),
        ),
      ),
  },
  {
    broken: 'the person is outside the availability (`--live OPEN_ID`)',
    check: 'live',
    fix: 'availability',
    also: ['availability'],
    place: { app: { availability: ['ou_somebody'] } },
    make: (workplace) => {
      const { openId } = workplace.sandbox.user;
      workplace.options = { live: { openId, lang: 'en', patienceMs: 1, ask: () => undefined } };
    },
  },
  {
    broken: 'no message arrives (`--live`)',
    check: 'live',
    fix: 'is another client online',
    make: (workplace) => {
      workplace.options = {
        live: { openId: undefined, lang: 'en', patienceMs: 300, ask: () => undefined },
      };
    },
  },
];
