/** A change as a unified diff, secrets masked. Pure. */
import { createTwoFilesPatch } from 'diff';
import { maskSecretsInText } from './mask.ts';

export function maskedDiff(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, maskSecretsInText(before), maskSecretsInText(after), '', '', {
    context: 2,
  });
  const lines = patch.split('\n').filter((line) => !line.startsWith('===') && !line.startsWith('\\'));
  return lines.join('\n').trimEnd();
}
