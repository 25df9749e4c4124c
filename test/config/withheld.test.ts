/** What the environment of a command that answers does not have. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { execEnvironment } from '../../src/channel/agent/exec-environment.ts';
import { readConfig } from '../../src/config/read.ts';
import { findWithheld } from '../../src/config/withheld.ts';
import { workplace } from './workplace.ts';

it('has no secret of the config and no address with credentials, by value and by name', async () => {
  const place = workplace();
  const env = {
    PATH: '/usr/bin',
    HOME: place.home,
    HTTPS_PROXY: 'http://proxy:3128',
    OPEN: 'open',
    A: 'secret-of-the-running-account',
    B: 'x secret-of-the-disabled-account y',
    C: 'secret from file',
    NAMED: 'whatever it is',
    FROM_ENV: 'another',
    GATEWAY: 'gateway-token-1',
    REDIS_URL: 'redis://redis-host/0',
    OTHER_REDIS: 'redis://:p%40ssword@h/0',
    REDIS_PASSWORD: 'p@ssword',
    JSON_OF_IT: '{"a":"secret-of-the-running-account"}',
    FEISHU_APP_SECRET: 'unrelated',
    LARK_ENCRYPT_KEY: 'unrelated',
    MOLTBOT_GATEWAY_TOKEN: 'unrelated',
  };
  await writeFile(join(place.home, 'app-secret'), 'secret-in-a-file\n');
  await place.write(
    JSON.stringify({
      gateway: { auth: { token: '${GATEWAY}' } },
      channels: {
        feishu: {
          appId: 'cli_a1b2c3d4e5f60718',
          appSecret: env.A,
          dmPolicy: 'open',
          inbox: '${REDIS_URL}',
          accounts: {
            off: { enabled: false, appSecret: 'secret-of-the-disabled-account' },
            named: { appSecret: '${NAMED}' },
            file: { appId: 'cli_0000000000000001', appSecretFile: join(place.home, 'app-secret') },
          },
        },
        other: { url: 'redis://:p%40ssword@h/0' },
      },
    }),
  );
  const document = await readConfig(place.location(), { env });
  const { values, variables } = await findWithheld(document, place.home);
  const child = execEnvironment({ ...env, D: 'secret-in-a-file' }, values, variables);
  expect(Object.keys(child)).toStrictEqual([
    'PATH',
    'HOME',
    'HTTPS_PROXY',
    'OPEN',
    'C',
    'FROM_ENV',
  ]);
});
