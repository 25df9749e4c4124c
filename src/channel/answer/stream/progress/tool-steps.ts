/** The tools that an agent uses for an answer, as lines: the last ones, and how many came before. Pure. */

import { visible } from '../../../../shared/terminal/visible.ts';
import { oneLine } from '../../../../shared/text/one-line.ts';
import { type Lang, localize, render } from '../../../../shared/text/text.ts';
import type { ToolItem } from '../../answer-piece.ts';
import { streamTexts as texts } from '../stream-texts.ts';

export interface ToolSteps {
  add(item: ToolItem): void;
  /** Those at work are done: the agent writes. */
  finish(): void;
  /** Leaves out those that are not at work: another card shows them. */
  forget(): void;
  /** The name of the last one at work. */
  readonly running: string | undefined;
  /** One tool a line, in the order of their beginning. */
  readonly text: string;
}

/** Lines of a panel: with them, all around an answer stays within the limits of its card. */
const MAX_STEPS = 12;
const MAX_NAME = 48;

const marks = { running: '…', done: '✓', failed: '✗' } as const;

export function createToolSteps(lang: Lang): ToolSteps {
  /** By id. */
  const tools = new Map<string, ToolItem>();
  let leftOut = 0;

  return {
    add(item) {
      tools.set(item.id, { ...item, name: shownLine(item.name, MAX_NAME) });
      const [oldest] = tools.keys();
      if (tools.size <= MAX_STEPS || oldest === undefined) return;
      tools.delete(oldest);
      leftOut += 1;
    },
    finish() {
      for (const [id, tool] of tools) {
        if (tool.state === 'running') tools.set(id, { ...tool, state: 'done' });
      }
    },
    forget() {
      for (const [id, { state }] of tools) if (state !== 'running') tools.delete(id);
      leftOut = 0;
    },
    get running() {
      return [...tools.values()].findLast(({ state }) => state === 'running')?.name;
    },
    get text() {
      const before = leftOut > 0 ? [render(localize(texts.moreTools, { n: leftOut }), lang)] : [];
      const lines = [...tools.values()].map(({ name, state }) => `${marks[state]} ${name}`);
      return [...before, ...lines].join('\n');
    },
  };
}

/** The lines of an answer that ended: no tool is at work, and how the last ones ended is not known. */
export function endedTools(tools: string): string {
  return tools.replaceAll(/^… /gm, '– ');
}

/** A text from the agent as one line without anything invisible, cut where it is too long. */
export function shownLine(text: string, most: number): string {
  return oneLine(visible(oneLine(text, 4 * most)), most);
}
