#!/usr/bin/env node
/** The `moltbot-feishu` program: argv in, an exit code out (the contract is in `shared/errors.ts`). */
import { showLoadFailure, showOutputFailure } from './commands/output/last-resort.ts';
import { printNow } from './commands/output/standard-output.ts';
import { version } from './shared/version.ts';

const argv = process.argv.slice(2);
const page = await pageAnsweredAtOnce();
if (page === undefined) process.exitCode = await run();
else process.exitCode = print(page);

/** The version, and the first page of help, need nothing of what reads the other command lines. */
async function pageAnsweredAtOnce(): Promise<string | undefined> {
  if (argv.length !== 1) return undefined;
  const [word] = argv;
  if (word === '--version' || word === '-V' || word === '-v') return `${version}\n`;
  if (word !== '--help' && word !== '-h' && word !== 'help') return undefined;
  try {
    return (await import('./commands/help/help-page.ts')).builtHelp(process.env);
  } catch {
    // The program itself lays out the same page, and says what is wrong where it cannot be loaded.
    return undefined;
  }
}

function print(text: string): number {
  try {
    printNow(text);
    return 0;
  } catch (error) {
    return showOutputFailure(error, argv) ?? 0;
  }
}

async function run(): Promise<number> {
  try {
    return await (await import('./commands/main.ts')).main(argv);
  } catch (error) {
    return showLoadFailure(error, argv);
  }
}
