import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  hostOfProcess,
  hostVariable,
  rewriteCommands,
  rewriteForConfig,
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

it('names the config of this run in commands that do not name one', () => {
  const text =
    'moltbot-feishu doctor --fix, or moltbot-feishu setup --host openclaw; moltbot-feishu run';
  expect(rewriteForConfig({ config: '/a/b.json' }, text)).toBe(
    'moltbot-feishu doctor --config /a/b.json --fix, or moltbot-feishu setup --config /a/b.json --host openclaw; moltbot-feishu run --config /a/b.json',
  );
  expect(rewriteForConfig({ host: 'clawdbot' }, text)).toBe(
    'moltbot-feishu doctor --host clawdbot --fix, or moltbot-feishu setup --host openclaw; moltbot-feishu run --host clawdbot',
  );
  const own = [
    'moltbot-feishu remove --account a --config "/x y/z.json"',
    'moltbot-feishu setup --sandbox',
    'moltbot-feishu 1.0.0',
  ];
  expect(own.map((one) => rewriteForConfig({ config: '/a', host: 'none' }, one))).toEqual(own);
  expect(rewriteForConfig({}, text)).toBe(text);
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
