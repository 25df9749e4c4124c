/** A yes or a no of the person at the terminal. */
import type { Message, Text } from '../shared/text.ts';
import type { Shell } from './shell.ts';

/** `left`: the person would rather end it here. */
export async function askYesNo(shell: Shell, what: Message | Text): Promise<boolean | 'left'> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const words = shell.lang === 'zh' ? { active: '是', inactive: '否' } : {};
  const answer = await confirm({
    message: shell.say(what),
    ...words,
    input: shell.stdin,
    output: shell.human,
    signal: shell.signal,
  });
  return isCancel(answer) ? 'left' : answer;
}
