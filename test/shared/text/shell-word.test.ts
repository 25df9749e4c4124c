/** Paths in commands that people paste. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWord } from '../../../src/shared/terminal/shell-word.ts';
import { everyRow } from '../../support/every-row.ts';

everyRow([
  ['/home/li/bot.json', '/home/li/bot.json'],
  ['C:\\Users\\li\\bot.json', 'C:\\Users\\li\\bot.json'],
  ['/home/li/my configs/it’s', '"/home/li/my configs/it’s"'],
  ["/home/li's/a b", '"/home/li\'s/a b"'],
  ['/tmp/$HOME/`id`', "'/tmp/$HOME/`id`'"],
  ["/tmp/$(id)/'x'", "'/tmp/$(id)/'\\''x'\\'''"],
])('%s is written as %s', (path, word) => {
  expect(shellWord(path)).toBe(word);
});

it.skipIf(process.platform === 'win32')('is what a shell reads again', () => {
  const paths = ['/a b', '/$HOME', '/`id`', "/it's $5", '/"q"', '/;rm', '/(x)', '/*', '/a\nb'];
  const script = `printf '%s\\0' ${paths.map(shellWord).join(' ')}`;
  expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0')).toEqual([
    ...paths,
    '',
  ]);
});
