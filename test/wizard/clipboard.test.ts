/** The clipboard of a terminal: only what is known of it is said, and the text is shown beside it. */
import { expect, it } from 'vitest';
import { everydayScopes } from '../../src/sandbox/state/scopes.ts';
import { CTRL_C, ENTER } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';
import { bareApp, linkOn, person, stage, texts } from './stage.ts';

/** What reached a clipboard: by OSC 52, in tmux through its pass-through. */
function clipboardOf(raw: string, isTmux: boolean): readonly string[] {
  const [start, end] = isTmux
    ? ['\u001BPtmux;\u001B\u001B]52;c;', '\u0007\u001B\\']
    : ['\u001B]52;c;', '\u0007'];
  const pieces = raw.split(start).slice(1);
  return pieces.map((piece) =>
    Buffer.from(piece.slice(0, piece.indexOf(end)), 'base64').toString(),
  );
}

const terminals = [
  ['a terminal', {}, true],
  ['tmux', { TMUX: '/run/tmux/default,1,0', TERM: 'tmux-256color' }, true],
  ['the console of Linux', { TERM: 'linux' }, false],
] as const;

it.each(terminals)('sends the permissions in %s, and shows them', async (_name, env, hasOne) => {
  const scene = await stage(
    { app: { ...bareApp, bot: true, published: true, scopes: [] } },
    { env },
  );
  const { sandbox } = scene;
  const screen = scene.open('--guided', '--app-id', sandbox.appId);
  const somebody = person(scene, screen);
  // Some terminals get plainer marks.
  await screen.see(/[◆*] {2}App Secret/);
  screen.type(sandbox.appSecret + ENTER);
  await somebody.sees(hasOne ? texts.scopesCopied : texts.scopesJson);
  await somebody.sees(texts.askDone);
  const shown = screen.screen;
  expect(everydayScopes.filter((scope) => !shown.includes(scope))).toEqual([]);
  const sent = clipboardOf(screen.raw, 'TMUX' in env);
  if (hasOne) {
    expect(sent).toHaveLength(1);
    expect(JSON.parse(sent[0] ?? '').scopes.tenant).toEqual(
      expect.arrayContaining([...everydayScopes]),
    );
  } else {
    expect(screen.raw).not.toContain(']52;');
    expect(shown).not.toContain(texts.scopesCopied.en);
  }
  screen.type(CTRL_C);
  expect(await screen.ended()).toBe(130);
});

it.each(terminals)('sends the link of a scan in %s, and shows it', async (_name, env, hasOne) => {
  const scene = await stage({ registration: { intervalS: 0.05 } }, { env });
  const screen = scene.open('--scan', '--bot-name', 'Moltbot');
  const somebody = person(scene, screen);
  await somebody.sees(texts.validFor);
  const url = linkOn(screen.screen);
  const before = screen.screen.length;
  screen.type('c');
  await somebody.sees(hasOne ? texts.copied : texts.notCopied);
  // The whole link is shown beside the claim, whether or not a clipboard took it.
  await waitFor(() => expect(linkOn(screen.screen.slice(before))).toBe(url));
  expect(clipboardOf(screen.raw, 'TMUX' in env)).toEqual(hasOne ? [url] : []);
  screen.type(CTRL_C);
  expect(await screen.ended()).toBe(130);
});
