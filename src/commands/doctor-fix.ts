/** `doctor --fix`: lists the automatic fixes, then applies each one that the person allows. */
import type { Mend } from '../doctor/check.ts';
import { cancelled } from '../platform/network/network-failure.ts';
import { isMoltbotFeishuError } from '../shared/errors.ts';
import { asMessage, message } from '../shared/text.ts';
import type { Examined } from './output/doctor-output.ts';
import type { Shell } from './shell.ts';
import { commandTexts as texts } from './texts.ts';

export interface Mending {
  /** Descriptions of the applied fixes. */
  readonly mended: readonly string[];
  /** Whether any fix was tried, so that a new examination is needed. */
  readonly isTried: boolean;
}

export interface MendingOptions {
  /** Applies every fix without a question. */
  readonly isAllowed: boolean;
  /** Ids of the fixes offered so far, extended here: no fix is offered twice. */
  readonly known: Set<string>;
}

/** Nothing that was not announced is touched. Throws `cancelled` where the person leaves. */
export async function applyMends(
  shell: Shell,
  { accounts }: Examined,
  { isAllowed, known }: MendingOptions,
): Promise<Mending> {
  const mends = new Map<string, Mend>();
  for (const mend of accounts.flatMap((account) => account.mends)) {
    if (!known.has(mend.id)) mends.set(mend.id, mend);
  }
  const write = (line: string) => shell.human.write(`${line}\n`);
  if (mends.size === 0) {
    if (known.size === 0) write(shell.say(texts.nothingToMend));
    return nothing;
  }
  for (const id of mends.keys()) known.add(id);
  write(shell.paint.bold(shell.say(texts.mendPlan)));
  for (const { text } of mends.values()) write(`  ${shell.say(text)}`);
  if (!isAllowed && !shell.interactive) {
    write(shell.say(texts.mendNeedsYes));
    return nothing;
  }
  const mended: string[] = [];
  let isTried = false;
  for (const mend of mends.values()) {
    const said = shell.say(mend.text);
    if (!isAllowed && !(await agrees(shell, said))) continue;
    isTried = true;
    try {
      await mend.apply(shell.signal);
      mended.push(said);
      write(`${shell.paint.green('✓')} ${said}`);
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      // Other fixes may still work; the examination that follows shows what is left.
      write(`${shell.paint.red('✗')} ${shell.say(error.what)}`);
      if (error.fix) write(`  ${shell.say(message(texts.fix, { fix: asMessage(error.fix) }))}`);
    }
  }
  return { mended, isTried };
}

const nothing: Mending = { mended: [], isTried: false };

async function agrees(shell: Shell, what: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const words = shell.lang === 'zh' ? { active: '是', inactive: '否' } : {};
  const answer = await confirm({
    message: what,
    ...words,
    input: shell.stdin,
    output: shell.human,
    signal: shell.signal,
  });
  if (isCancel(answer)) throw cancelled();
  return answer;
}
