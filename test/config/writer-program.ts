/**
 * A program that adds accounts to a config, built and started by the tests as a process of its own.
 *
 * Arguments: the config's path, the account's name, how many accounts. Prints a line for each one
 * that is written.
 */
import { applyConfigChange } from '../../src/config/change/change.ts';
import { locateConfig } from '../../src/config/locate.ts';

const [path = '', name = '', count = '1'] = process.argv.slice(2);
const location = locateConfig({ env: {}, home: '/nowhere', explicitPath: path });
process.stdout.write('started\n');
for (let n = 0; n < Number(count); n++) {
  const id = `${name}-${n}`;
  const edits = [
    { path: ['channels', 'feishu', 'accounts', id, 'enabled'], value: true },
    {
      path: ['channels', 'feishu', 'accounts', id, 'appSecret'],
      value: `secret-of-${id}`.padEnd(2000, '.'),
    },
  ];
  await applyConfigChange(location, edits, { env: {} });
  process.stdout.write(`${id}\n`);
}
