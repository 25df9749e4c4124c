/** A change as a unified diff, secrets hidden. Pure. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { type Lang, render } from '../shared/text.ts';
import { maskConfigText } from './mask.ts';
import { configTexts as texts } from './texts.ts';

/** A unified diff of a config, ready to show: `***` for every secret, line ends as LF. */
export function maskedDiff(path: string, before: string, after: string, lang: Lang): string {
  const changed = render(texts.secretChanged, lang);
  const shown = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return createTwoFilesPatch(
    path,
    path,
    shown(maskConfigText(before)),
    shown(maskConfigText(after, { text: before, changed })),
    undefined,
    undefined,
    { context: 3, headerOptions: FILE_HEADERS_ONLY },
  );
}
