// One exchange with a bot, from nothing, on this machine alone: `setup --sandbox` without its questions.
// Ends by itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const args = [cli, 'setup', '--sandbox', '--yes', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: 'inherit' });
const [code] = await once(child, 'exit');
if (code === 0) {
  console.log('To chat with it on a page, and press its buttons: node dist/cli.js setup --sandbox');
}
process.exitCode = code ?? 1;
