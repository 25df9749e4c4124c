/** What the agent is doing, as the line below a growing answer, and its tools as a list. Pure. */
import { type Lang, localize, render } from '../../../../shared/text/text.ts';
import type { StatusItem, ToolItem } from '../../answer-piece.ts';
import { streamTexts as texts } from '../stream-texts.ts';
import { createToolSteps, shownLine } from './tool-steps.ts';

/** How much of its tools an answer shows: nothing, the one at work, or the last ones in a panel. */
export type ToolProgress = 'off' | 'line' | 'panel';

/** What a card shows beside its text. */
export interface Progress {
  readonly status: string;
  /** The lines of the panel of tools; empty: there is no panel. */
  readonly tools: string;
}

export interface ProgressLine {
  /** Takes what the agent does. */
  add(item: StatusItem | ToolItem): void;
  /** Text arrives: the agent writes, and its tools are done. */
  wrote(): void;
  /** A card shows the tools so far: the next one begins without them. */
  nextCard(): void;
  /** @param ms since the turn began */
  at(ms: number): Progress;
}

const MAX_STATUS = 60;

export function createProgressLine(lang: Lang, shows: ToolProgress): ProgressLine {
  const tools = createToolSteps(lang);
  let said = '';
  let isWriting = false;

  function label(): string {
    if (shows === 'line' && tools.running !== undefined)
      return render(localize(texts.usingTool, { tool: tools.running }), lang);
    if (said !== '') return said;
    return render(isWriting ? texts.writing : texts.thinking, lang);
  }

  return {
    add(item) {
      if (shows === 'off') return;
      isWriting = false;
      if (item.kind === 'status') said = shownLine(item.text, MAX_STATUS);
      else tools.add(item);
    },
    wrote() {
      if (isWriting) return;
      isWriting = true;
      said = '';
      tools.finish();
    },
    nextCard: () => tools.forget(),
    at: (ms) => ({
      status: `${label()} ${shownTime(ms, lang)}`.trimEnd(),
      tools: shows === 'panel' ? tools.text : '',
    }),
  };
}

/** In steps that grow: each new time is a call. */
function shownTime(ms: number, lang: Lang): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 2) return '';
  if (seconds < 10) return render(localize(texts.seconds, { s: seconds }), lang);
  if (seconds < 60) return render(localize(texts.seconds, { s: seconds - (seconds % 5) }), lang);
  return render(localize(texts.minutes, { min: Math.floor(seconds / 60) }), lang);
}
