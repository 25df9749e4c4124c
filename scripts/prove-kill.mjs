// The full proof that kill -9 loses nothing and repeats nothing: 200 kills each, counts printed.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const child = spawn(
  process.execPath,
  [
    vitest,
    'run',
    'test/channel/kill.test.ts',
    'test/channel/answer/stream/seen-kill.test.ts',
    'test/channel/answer/media/kill-upload.test.ts',
    'test/channel/inbox/redis-inbox.test.ts',
  ],
  {
    env: { KILLS: '200', ...process.env },
    stdio: 'inherit',
  },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
