/** What a person pastes to put the former plugin back: in the words of the shell that is there. */
import { expect, it } from 'vitest';
import { installCommands } from '../../../src/wizard/back/install-commands.ts';
import { everyRow } from '../../support/every-row.ts';

const way = {
  host: 'clawdbot',
  plugin: '@openclaw/feishu',
  moved: { from: 'C:\\Users\\Li Wei’s\\$x\\feishu', to: "C:\\it's\\aside" },
};

it('PowerShell gets a line that it reads, and its variable is gone afterwards', () => {
  expect(installCommands(way, 'win32').line).toBe(
    [
      "Move-Item 'C:\\Users\\Li Wei’’s\\$x\\feishu' 'C:\\it''s\\aside'",
      '$env:CLAWDBOT_CONFIG_PATH = Join-Path $env:TEMP "moltbot-feishu-$PID.json"',
      'clawdbot plugins install @openclaw/feishu',
      'Remove-Item Env:CLAWDBOT_CONFIG_PATH',
    ].join('; '),
  );
});

everyRow(['linux', 'darwin'] as const)('a POSIX shell of %s gets its own', (platform) => {
  const moved = { from: '/home/li wei/feishu', to: '/home/$x' };
  expect(installCommands({ ...way, moved }, platform).line).toBe(
    `mv "/home/li wei/feishu" '/home/$x' && ` +
      'CLAWDBOT_CONFIG_PATH="$(mktemp -d)/config.json" clawdbot plugins install @openclaw/feishu',
  );
});

it('moves nothing that is not there, and names no host that was not found', () => {
  const none = { ...way, host: undefined, moved: undefined };
  expect(installCommands(none, 'win32').line).toBe('HOST plugins install @openclaw/feishu');
  expect(installCommands({ ...way, moved: undefined }, 'linux').commands).toHaveLength(1);
});
