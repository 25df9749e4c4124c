import { expect } from 'vitest';
import type { HostName } from '../../../src/config/locate.ts';
import { gatewayStartProblem } from '../../../src/host/machine/installed/gateway-start-problem.ts';
import type { HostSettings } from '../../../src/host/machine/installed/host-facts.ts';
import { render } from '../../../src/shared/text/text.ts';
import { everyRow } from '../../support/every-row.ts';

type Gateway = NonNullable<HostSettings['gateway']>;

everyRow<[HostName, Gateway | undefined, string | undefined, string | undefined]>([
  ['clawdbot', undefined, 'gateway.mode is not set', 'gateway.mode 未设置'],
  ['openclaw', { mode: 'remote' }, 'gateway.mode is remote and not local', undefined],
  ['moltbot', { mode: 'local' }, 'gateway.auth has no token', 'gateway.auth 缺少令牌'],
  [
    'openclaw',
    { mode: 'local', auth: { mode: 'password' } },
    'gateway.auth has no password',
    undefined,
  ],
  ['openclaw', { mode: 'local', auth: { mode: 'token' } }, undefined, undefined],
])('says what keeps the gateway of %s with %j from starting', (host, gateway, english, chinese) => {
  const found = gatewayStartProblem(gateway ? { gateway } : {}, host, {});
  expect(found && render(found.problem, 'en')).toBe(english);
  if (found && chinese) expect(render(found.problem, 'zh')).toBe(chinese);
});
