#!/usr/bin/env node
/** The `moltbot-feishu` program: argv in, an exit code out (the contract is in `shared/errors.ts`). */
import { printNow } from './commands/standard-output.ts';
import { version } from './shared/version.ts';

const argv = process.argv.slice(2);
// Every other command line is read in there; the version alone needs nothing of it.
if (argv.length === 1 && argv[0] === '--version') printNow(`${version}\n`);
else process.exitCode = await (await import('./commands/main.ts')).main(argv);
