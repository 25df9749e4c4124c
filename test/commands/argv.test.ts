/** Words of a command line stay as they are written, whatever they are called. */
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { normalizeArgv } from '../../src/commands/argv.ts';
import { everyRow } from '../support/every-row.ts';

const program = new Command();
program.command('run').option('--exec <command>').option('--app-id <id>');

everyRow(['constructor', 'toString=1', '__proto__', 'hasOwnProperty', 'appId'])(
  'keeps the word %j',
  (word) => {
    expect(normalizeArgv(['run', '--exec', word], program)).toEqual(['run', '--exec', word]);
    expect(normalizeArgv([word], program)).toEqual([word]);
  },
);

it('knows the flags of the first release', () => {
  expect(normalizeArgv(['--appId=cli_x', 'run', '--appSecret', 's'], program)).toEqual([
    'run',
    '--app-id=cli_x',
    '--app-secret',
    's',
  ]);
});
