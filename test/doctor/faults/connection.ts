/** Faults of the long connection. */
import { join } from 'node:path';
import type { DoctorFault } from './fault.ts';

export const connectionFaults: readonly DoctorFault[] = [
  {
    broken: 'a store app: it may not use a long connection',
    check: 'connection',
    fix: 'Use a custom app',
    place: { app: { kind: 'store' } },
  },
  {
    broken: 'the long-connection endpoint answers 500',
    check: 'connection',
    fix: 'try again in a few minutes',
    make: ({ sandbox }) => {
      sandbox.fault({
        match: { path: '/callback/ws/endpoint' },
        do: { kind: 'status', status: 500 },
      });
    },
  },
  {
    broken: 'the app has more than 50 connections',
    check: 'connection',
    fix: 'Stop',
    make: ({ sandbox }) => {
      sandbox.fault({
        match: { path: '/callback/ws/endpoint' },
        do: { kind: 'code', code: 1000040350, msg: 'exceeded', status: 200 },
      });
    },
  },
  {
    broken: 'the long connection opens, but no data arrives',
    check: 'connection',
    status: 'warn',
    fix: 'a firewall or proxy that cuts WebSockets',
    make: ({ sandbox }) => sandbox.mute(true),
  },
  {
    broken: 'two clients share the messages of one app',
    check: 'connection',
    status: 'warn',
    fix: 'stop the other gateway',
    make: ({ comeOnline }) => comeOnline(),
  },
  {
    broken: 'a `~/.clawdbot` stops OpenClaw (“State directory migration remains pending”)',
    check: 'state-directory',
    fix: 'move channels.feishu to the file that OpenClaw reads',
    isFixable: true,
    place: { host: 'openclaw' },
    make: ({ write, home }) => write(join(home, '.clawdbot', 'identity', 'device.json'), '{}'),
  },
];
