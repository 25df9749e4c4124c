/** What is typed or pasted into a prompt that shows its answer: a secret is never visible. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shownAppId, shownFrame, shownText } from '../../../src/wizard/conversation/typed-text.ts';
import { CTRL_C, DOWN, ENTER } from '../../support/terminal.ts';
import { person, stage, texts } from '../stage.ts';

const ID = 'cli_a1b2c3d4e5f60718';
const SECRET = 'q7GeT4vKx93mZpLw8RtYb2NcHs5JdFu1';

it('shows an App ID at every length, and nothing else', () => {
  const prefixes = Array.from(ID, (_character, at) => ID.slice(0, at + 1));
  expect(prefixes.filter((typed) => shownAppId(typed) !== typed)).toEqual([]);
  const snippets = [SECRET, `${ID} ${SECRET}`, `{"appId":"${ID}","appSecret":"${SECRET}"}`];
  for (const snippet of snippets) {
    for (let end = 1; end <= snippet.length; end++) {
      const shown = shownAppId(snippet.slice(0, end));
      expect(shown.replace(/^c?l?i?$|cli_[0-9a-f]{0,16}/, '')).toMatch(/^[▪\s]*$/);
    }
  }
  expect(shownAppId(snippets[1] ?? '')).toContain(ID);
});

it('hides in other answers what has the form of a secret', () => {
  expect(shownText(`Bot ${SECRET}`)).toBe(`Bot ${'▪'.repeat(32)}`);
  const open = 'ou_7f3c5a2e9b1d4c6f8a0e2b4d6c8f0a1e';
  expect(shownText(`${open}, Our Marvellous Assistant`)).toBe(`${open}, Our Marvellous Assistant`);
});

it('keeps the colours and the number of characters of a frame', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(), (typed, seed) => {
      const clean = typed.replaceAll('\n', '').replaceAll('\u001b', '');
      const all = Array.from(clean);
      const at = seed % (all.length + 1);
      const value = `${all.slice(0, at).join('')}\u001b[7m${all.slice(at).join('')}\u001b[27m`;
      const frame = shownFrame(`◆  ${SECRET}\n\u001b[36m│\u001b[39m  ${value}\n└`, shownAppId);
      const [title, line = ''] = frame.split('\n');
      expect(title).toBe(`◆  ${SECRET}`);
      expect(line).toContain('\u001b[7m');
      expect(Array.from(line).length).toBe(Array.from(`\u001b[36m│\u001b[39m  ${value}`).length);
    }),
  );
});

it('echoes no secret at the visible prompts, alone or in a snippet, refused or taken', async () => {
  const scene = await stage();
  const { appId, appSecret } = scene.sandbox;
  const screen = scene.open();
  const somebody = person(scene, screen);
  await somebody.answer(texts.askMethod, DOWN + ENTER);
  await somebody.answer(texts.askAppId, appSecret + ENTER);
  await screen.see('this looks like the App Secret');
  screen.type('\u007F'.repeat(40));
  screen.type(`{"appId":"${appId}","appSecret":"${appSecret}"}${ENTER}`);
  await somebody.writes();
  await somebody.sees(texts.askWrite);
  screen.type(CTRL_C);
  expect(await screen.ended()).toBe(130);
  for (let at = 0; at + 8 <= appSecret.length; at++) {
    expect(screen.screen).not.toContain(appSecret.slice(at, at + 8));
  }
  expect(screen.screen).toContain(appId);
});
