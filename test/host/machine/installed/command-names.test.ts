import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  hostOfProcess,
  hostVariable,
  rewriteCommands,
} from '../../../../src/host/machine/installed/command-names.ts';

it('names our commands as the host has them, and never a bot beside its gateway', () => {
  const text =
    'run: moltbot-feishu setup --account work, then moltbot-feishu doctor; or moltbot-feishu run';
  expect(rewriteCommands('moltbot', text)).toBe(
    'run: moltbot feishu setup --account work, then moltbot feishu doctor; or moltbot gateway run',
  );
  expect(rewriteCommands('openclaw', 'npx moltbot-feishu remove --all')).toBe(
    'openclaw feishu remove --all',
  );
  expect(rewriteCommands('clawdbot', text)).toBe(
    'run: npx moltbot-feishu setup --account work, then clawdbot channels status --probe; or clawdbot gateway run',
  );
  expect(rewriteCommands('clawdbot', 'Fix it: moltbot-feishu setup')).toBe(
    'Fix it: clawdbot channels add',
  );
  expect(rewriteCommands(undefined, text)).toBe(text);
});

it('leaves what is no command of ours as it is', () => {
  const others = [
    '/tmp/moltbot-feishu-x/moltbot-feishu setup.png',
    '@scope/moltbot-feishu run',
    'moltbot-feishu 1.0.0',
    'moltbot-feishu runs',
    'moltbot-feishu doctor-notes',
  ];
  expect(others.filter((text) => rewriteCommands('moltbot', text) !== text)).toEqual([]);
});

it('tells a child which host started it, and takes nothing else for that', () => {
  const within = { host: 'openclaw', entry: 'wizard' } as const;
  expect(hostOfProcess(hostVariable(within))).toEqual(within);
  const [name = ''] = Object.keys(hostVariable(within));
  fc.assert(
    fc.property(fc.string(), (value) => {
      const found = hostOfProcess({ [name]: value });
      if (found) expect(`${found.host} ${found.entry}`).toBe(value);
    }),
  );
  expect(hostOfProcess({})).toBeUndefined();
});
