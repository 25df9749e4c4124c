/** A text of a card, typed out while the card streams. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { usePage } from '../context.ts';
import { cardMarkdownHtml } from '../text/card-markdown.ts';
import { SafeHtml } from '../text/safe-html.tsx';
import { isTyping, type Pace, shownText, type Typing, typed } from '../text/typing.ts';

export interface TypedTextProps {
  readonly text: string;
  readonly pace: Pace | undefined;
  readonly isMarkdown: boolean;
}

export function TypedText({ text, pace, isMarkdown }: TypedTextProps): JSX.Element {
  const page = usePage();
  const typing = useRef<Typing>(undefined);
  const [, redraw] = useState(0);
  const before = typing.current;
  if (before?.text !== text || before.pace?.step !== pace?.step) {
    typing.current = typed(before, text, reducedMotion() ? undefined : pace, performance.now());
  }
  const current = typing.current;
  const busy = current !== undefined && isTyping(current, performance.now());
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(
      () => redraw((count) => count + 1),
      Math.max(16, pace?.frequencyMs ?? 16),
    );
    return () => clearInterval(timer);
  }, [busy, pace?.frequencyMs]);
  const shown = current ? shownText(current, performance.now()) : text;
  return isMarkdown ? (
    <SafeHtml html={cardMarkdownHtml(shown, page.text)} />
  ) : (
    <div class="text plain">{shown}</div>
  );
}

const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
