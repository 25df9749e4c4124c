/** `doctor --fix`: lists the automatic fixes, then applies each one that the person allows. */
import type { Fix } from '../../doctor/check.ts';
import { cancelled } from '../../platform/network/network-failure.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { asLocalized, localize } from '../../shared/text/text.ts';
import { commandTexts as texts } from '../command-texts.ts';
import type { Examined } from '../output/doctor-output.ts';
import { writeLine } from '../output/people-line.ts';
import type { Shell } from '../shell.ts';

export interface FixResult {
  /** Descriptions of the applied fixes. */
  readonly applied: readonly string[];
  /** Whether any fix was tried, so that a new examination is needed. */
  readonly isTried: boolean;
}

export interface ApplyFixesOptions {
  /** Applies every fix without a question. */
  readonly isAllowed: boolean;
  /** Ids of the fixes offered so far, extended here: no fix is offered twice. */
  readonly known: Set<string>;
}

/** Nothing that was not announced is touched. Throws `cancelled` where the person leaves. */
export async function applyFixes(
  shell: Shell,
  { accounts }: Examined,
  { isAllowed, known }: ApplyFixesOptions,
): Promise<FixResult> {
  const fixes = new Map<string, Fix>();
  for (const fix of accounts.flatMap((account) => account.fixes)) {
    if (!known.has(fix.id)) fixes.set(fix.id, fix);
  }
  const write = (line: string) => writeLine(shell, line);
  if (fixes.size === 0) {
    if (known.size === 0) write(shell.say(texts.nothingToFix));
    return nothingApplied;
  }
  for (const id of fixes.keys()) known.add(id);
  write(shell.paint.bold(shell.say(texts.fixPlan)));
  for (const { text } of fixes.values()) write(`  ${shell.say(text)}`);
  if (!isAllowed && !shell.interactive) {
    write(shell.say(texts.fixNeedsYes));
    return nothingApplied;
  }
  const applied: string[] = [];
  let isTried = false;
  for (const fix of fixes.values()) {
    const said = shell.say(fix.text);
    if (!isAllowed && !(await agrees(shell, said))) continue;
    isTried = true;
    try {
      await fix.apply(shell.signal);
      applied.push(said);
      write(`${shell.paint.green('✓')} ${said}`);
    } catch (error) {
      if (!isMoltbotFeishuError(error) || error.code === 'cancelled') throw error;
      // Other fixes may still work; the examination that follows shows what is left.
      write(`${shell.paint.red('✗')} ${shell.say(error.what)}`);
      if (error.advice)
        write(`  ${shell.say(localize(texts.advice, { fix: asLocalized(error.advice) }))}`);
    }
  }
  return { applied, isTried };
}

const nothingApplied: FixResult = { applied: [], isTried: false };

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
