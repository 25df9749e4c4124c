#!/usr/bin/env node
/** The `moltbot-feishu` program: argv in, an exit code out (the contract is in `shared/errors.ts`). */
import { printNow } from './commands/standard-output.ts';
import { version } from './shared/version.ts';

const argv = process.argv.slice(2);
if (!(await isAnsweredAtOnce())) {
  process.exitCode = await (await import('./commands/main.ts')).main(argv);
}

/** The version, and the first page of help, need nothing of what reads the other command lines. */
async function isAnsweredAtOnce(): Promise<boolean> {
  if (argv.length !== 1) return false;
  if (argv[0] === '--version') {
    printNow(`${version}\n`);
    return true;
  }
  if (argv[0] !== '--help' && argv[0] !== '-h') return false;
  const page = (await import('./commands/help-page.ts')).builtHelp(process.env);
  if (page !== undefined) printNow(page);
  return page !== undefined;
}
