/** The conversation for a shell: prompts on an interactive terminal, else plain lines. */

import { wrapped } from '../shared/layout/wrapped.ts';
import { visibleBlock } from '../shared/terminal/visible.ts';
import { localize } from '../shared/text/text.ts';
import { version } from '../shared/version.ts';
import { type Conversation, unattendedConversation } from '../wizard/conversation/conversation.ts';
import { isPlainTerminal, plainConversation } from '../wizard/conversation/plain.ts';
import { wizardTexts as texts } from '../wizard/wizard-texts.ts';
import { writeLine } from './output/people-line.ts';
import { markedLine } from './output/step-document.ts';
import type { Shell } from './shell.ts';

/** @param greets says which program this is first */
export async function converse(shell: Shell, greets = true): Promise<Conversation> {
  if (!shell.interactive) return unattended(shell);
  const { stdin: input, stdout: output, env, say, signal, color } = shell;
  const intro = shell.say(localize(texts.intro, { version }));
  if (isPlainTerminal(env)) {
    if (greets) output.write(`${intro}\n`);
    return plainConversation({ input, output, say, signal });
  }
  const { guidedConversation } = await import('../wizard/conversation/guided.ts');
  const clack = await import('@clack/prompts');
  const columns = (output.columns || 80) - 3;
  if (greets) clack.intro(wrapped(intro, columns, 0).join(`\n${clack.S_BAR}  `), { output });
  const interrupt = () => void process.emit('SIGINT', 'SIGINT');
  return guidedConversation({ input, output, env, say, color, signal, interrupt });
}

function unattended(shell: Shell): Conversation {
  return unattendedConversation(
    {
      line: (what) => writeLine(shell, shell.paint.dim(shell.say(what))),
      warn: (what) => void shell.stderr.write(`${shell.paint.yellow('!')} ${shell.say(what)}\n`),
      // Its lines are a file's: they stay as they are.
      block: (title, lines) =>
        void shell.human.write(`${shell.say(title)}\n${visibleBlock(lines)}\n`),
      step(result) {
        // A failed step is an error, and every error goes to standard error.
        const output = result.status === 'fail' ? shell.stderr : shell.human;
        output.write(`${markedLine(shell, output, result)}\n`);
      },
    },
    shell.signal,
  );
}
