/**
 * Writes docs/transcripts: the real program in a pseudo-terminal against the embedded sandbox, once a
 * scene and language. It runs in the test runner, since it walks with the tests' own person.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stage } from '../../test/wizard/stage.ts';
import { neutral } from './neutral.ts';
import { COLUMNS, type Scene, scenes, start } from './scenes.ts';
import { screenAfter, wrapLine } from './screen.ts';

const folder = fileURLToPath(new URL('../../docs/transcripts/', import.meta.url));
type Lang = 'en' | 'zh';

function page({ title, about, words }: Scene, lang: Lang, screen: string): string {
  const more = words[0] === 'setup' ? ' --domain http://127.0.0.1:9000' : '';
  const made = {
    en: 'Made by `npm run transcripts` from the real program, against the embedded sandbox. Ids and times are left out.',
    zh: '由 `npm run transcripts` 用真实程序对内置沙箱生成，已略去 ID 与用时。',
  };
  return `# ${title[lang]}\n\n${about[lang]}${lang === 'en' ? ' ' : ''}${made[lang]}\n\n\`\`\`\n$ moltbot-feishu ${words.join(' ')}${more}\n${screen}\n\`\`\`\n`;
}

describe.each(scenes)('$name', (scene) => {
  it.each(['en', 'zh'] as const)('%s', async (lang) => {
    const place = await stage(scene.options, { lang });
    await scene.prepare?.(place);
    const terminal = start(scene, place);
    const created = (await scene.play(place, terminal)) ?? [];
    expect(await terminal.ended(), terminal.screen.slice(-2_000)).toBe(scene.exitCode);
    const { home, sandbox } = place;
    expect(terminal.raw).not.toContain('Warning');
    for (const secret of [sandbox.appSecret, ...created])
      expect(terminal.raw).not.toContain(secret);
    const columns = scene.columns ?? COLUMNS;
    const lines = screenAfter(terminal.raw, columns);
    const screen = neutral(lines, { home, url: sandbox.url })
      .split('\n')
      .flatMap((line) => wrapLine(line, columns))
      .join('\n');
    await mkdir(folder, { recursive: true });
    await writeFile(`${folder}${lang}-${scene.name}.md`, page(scene, lang, screen));
  });
});
