/** One line that says what is going on, on a terminal; nothing elsewhere, nothing left behind. */
import { checkName } from '../../doctor/check-names.ts';
import { doctorTexts as texts } from '../../doctor/doctor-texts.ts';
import { doctorChecks } from '../../doctor/order.ts';
import { fitColumns } from '../../shared/terminal/width.ts';
import { localize } from '../../shared/text/text.ts';
import type { Shell } from '../shell.ts';

export interface ProgressLine {
  started(id: string): void;
  ended(): void;
  /** Something for the person, above the line. */
  say(text: string): void;
  clear(): void;
}

export function progressLine({ human, stderr, say, json, env }: Shell): ProgressLine {
  // JSON lines go to a program, and a dumb terminal cannot take a line back.
  const out = json ? stderr : human;
  const isShown = out.isTTY === true && env.TERM !== 'dumb';
  const all = doctorChecks.length;
  const wipe = '\r\u001B[K';
  let done = 0;
  return {
    started(id) {
      if (!isShown) return;
      // A line that wraps could not be taken back.
      const line = fitColumns(
        say(localize(texts.progress, { id: checkName(id), done, all })),
        (out.columns || 80) - 1,
      );
      out.write(`${wipe}${line}`);
    },
    ended() {
      done += 1;
    },
    say(text) {
      out.write(`${isShown ? wipe : ''}${text}\n`);
    },
    clear() {
      if (isShown) out.write(wipe);
    },
  };
}
