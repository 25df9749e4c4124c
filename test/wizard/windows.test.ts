/** The guided setup by paste and by scan in three windows: every question with its screen, in one language. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { autopilotTexts } from '../../src/platform/app/autopilot-texts.ts';
import { everydayEvents, everydayScopes } from '../../src/sandbox/state/scopes.ts';
import type { Lang, Text } from '../../src/shared/text/text.ts';
import { columnsOf } from '../support/columns.ts';
import { DOWN, ENTER, type Terminal } from '../support/terminal.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Window, windowAfter } from '../support/window.ts';
import { bareApp, linkOn, opening, type Stage, stage, texts } from './stage.ts';

interface Size {
  readonly columns: number;
  readonly rows: number;
}

const sizes: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
];

/** Words that the program's texts hold in either language, so that half a word is known as one. */
const source = fileURLToPath(new URL('../../src', import.meta.url));
const files = (await readdir(source, { recursive: true })).filter((name) =>
  /texts\.ts$|error-table|app-plan-words|qr-code/.test(name),
);
const catalog = new Set<string>();
for (const file of files.filter((name) => name.endsWith('.ts'))) {
  const words = JSON.stringify(await import(join(source, file))).match(/[A-Za-z0-9_]+/g);
  for (const word of words ?? []) catalog.add(word);
}

/** What reads the same in Chinese: names, commands, and words that the screen copies from files. */
const NAMES =
  /^(?:moltbot|feishu|clawdbot|openclaw|setup|run|doctor|esc|open_id|json|bak|channels|config|im|host|none|extensions|ms|s|v1|receive_v1|message|http|client|bot|open|appId|baseinfo|app|version|tmp|test)$/i;

/** What is wrong with a screen, from its head to its end; `head`: the text at which it begins. */
function faultsOf(scene: Stage, shown: Window, size: Size, head: Text): string[] {
  const { lang } = scene;
  const known = knownWords(scene);
  // A scan makes an app of another id.
  const isKnown = (word: string) => known.has(word) || /^cli_[0-9a-f]{16}$/.test(word);
  const start = shown.rows.findLastIndex((row) => row.includes(beginning(head, lang)));
  if (start < 0) return [`no head: ${beginning(head, lang)}`];
  const faults: string[] = [];
  if (start < shown.top) faults.push(`${shown.top - start} rows of the screen have scrolled away`);
  let wasLink = false;
  for (let at = start; at < shown.rows.length; at++) {
    const row = shown.rows[at] ?? '';
    if (/[▀▄█]{2}/.test(row)) continue;
    if (columnsOf(row) > size.columns) faults.push(`too wide: ${row}`);
    const isLink: boolean =
      /^(?:│ *|.*打开 |.*open )?https?:\S+$/.test(row) ||
      (wasLink && shown.continued.has(at - 1) && !/\s/.test(row));
    wasLink = isLink;
    if (shown.continued.has(at) && !isLink) faults.push(`broken by the terminal: ${row}`);
    if (shown.continued.has(at) || shown.continued.has(at - 1) || isLink) continue;
    // The panel of a scan breaks its link itself, at the last column.
    if (columnsOf(row) >= size.columns - 1 && !/\s/.test(row.slice(10))) continue;
    if (columnsOf(shown.rows[at - 1] ?? '') === size.columns) continue;
    if (row.includes('│') && /https?:\S*│/.test(row)) faults.push(`a frame in a link: ${row}`);
    const words = row.match(/[A-Za-z0-9_]+/g) ?? [];
    const strange = [words[0], words.at(-1)].filter(
      (word) => word !== undefined && /[A-Za-z].*[A-Za-z]/.test(word) && !isKnown(word),
    );
    if (strange.length > 0) faults.push(`broken word ${strange.join(', ')}: ${row}`);
    const isFile = /^│ {2}(?:[-+@ ]| *[{}])/.test(row);
    if (lang !== 'zh' || isFile) continue;
    const english = row
      .replaceAll(/https?:\S+|\S*[/~]\S*/g, '')
      .match(/\b[a-z][a-z]+\b/g)
      ?.filter((word) => !NAMES.test(word) && !everydayScopes.join(' ').includes(word));
    if (english?.length) faults.push(`English: ${row}`);
  }
  return faults;
}

const beginning = (text: Text, lang: Lang): string =>
  opening(text, lang).slice(0, lang === 'zh' ? 10 : 20);

function knownWords({ home, sandbox }: Stage): ReadonlySet<string> {
  const values = [
    home,
    sandbox.url,
    sandbox.user.openId,
    sandbox.botName(),
    ...everydayScopes,
    ...everydayEvents,
  ];
  const app = 'enabled appId appSecret domain dmPolicy allowFrom extensions cli json bak baseinfo';
  const words = [...values, app, sandbox.appId].join(' ').match(/[A-Za-z0-9_]+/g) ?? [];
  return new Set([...catalog, ...words]);
}

/** Someone who looks at each screen before they answer. */
function reader(scene: Stage, terminal: Terminal, size: Size) {
  const found: string[] = [];
  const look = async (question: Text, head: Text, mark: string, end: string) => {
    await terminal.see(`${mark}${beginning(question, scene.lang)}`);
    const shown = await waitFor(() => {
      const now = windowAfter(terminal.raw, size);
      expect(now.rows.findLast((row) => row !== '')?.startsWith(end)).toBe(true);
      return now;
    }, 20_000);
    const faults = faultsOf(scene, shown, size, head);
    if (faults.length > 0) {
      const visible = shown.rows.slice(shown.top).join('\n');
      found.push(`at “${question[scene.lang]}”:\n${faults.join('\n')}\n${visible}`);
    }
  };
  return {
    found,
    /** A prompt: complete with its last row. */
    async answers(question: Text, head: Text, keys = ENTER) {
      await look(question, head, '◆  ', '└');
      terminal.type(keys);
    },
    /** Something that is waited for: the row below tells what. */
    waits: (what: Text, head: Text) => look(what, head, '◒  ', '◒'),
  };
}

describe.each(['en', 'zh'] as const)('in %s', (lang) => {
  it.each(sizes)('by paste, in $columns × $rows', async (size) => {
    const scene = await stage({ app: bareApp }, { lang, size });
    const { sandbox } = scene;
    const screen = scene.open('--host', 'moltbot');
    const { answers, waits, found } = reader(scene, screen, size);
    await answers(texts.askMethod, texts.askMethod, DOWN + ENTER);
    await answers(texts.askAppId, texts.whereAppId, sandbox.appId + ENTER);
    await answers(texts.askAppSecret, texts.whereSecret, sandbox.appSecret + ENTER);
    await answers(texts.askAutopilot, texts.overview);
    await waits(texts.waiting, texts.proofAsk);
    sandbox.say({ text: 'hi there', chatType: 'p2p' });
    await answers(texts.askWrite, texts.planned, DOWN + ENTER);
    await answers(texts.askDmPolicy, texts.askDmPolicy, DOWN + ENTER);
    await answers(texts.askAllowFrom, texts.askAllowFrom);
    await answers(texts.askWrite, texts.planned);
    expect(await screen.ended()).toBe(0);
    found.push(...faultsOf(scene, windowAfter(screen.raw, size), size, texts.doneIn));
    expect(found.join('\n\n')).toBe('');
    expect(await scene.section()).toMatchObject({ enabled: true, appId: sandbox.appId });
  });

  it.each([
    { ...sizes[0], head: texts.tooSmall },
    { ...sizes[1], head: texts.scanOrOpen },
    { ...sizes[2], head: texts.scanOrOpen },
  ])('by a scan, in $columns × $rows', async ({ head, columns = 0, rows = 0 }) => {
    const size = { columns, rows };
    const scene = await stage({ registration: { intervalS: 0.05 } }, { lang, size });
    const { sandbox } = scene;
    const screen = scene.open('--host', 'moltbot');
    const { answers, waits, found } = reader(scene, screen, size);
    await answers(texts.askMethod, texts.askMethod);
    await answers(texts.askBotName, texts.askBotName);
    await waits(texts.validFor, head);
    const app = sandbox.registration.approve({ url: linkOn(screen.screen) });
    // A printed link without the permissions: the page that adds them is asked for afterwards.
    if (head !== texts.tooSmall) {
      await answers(texts.askByPage, texts.overview);
      sandbox.configureApp({ scopes: everydayScopes }, app.appId);
      await answers(texts.askAdded, texts.addByLink, DOWN + ENTER);
      // One sentence says what the app cannot do (D26).
      expect(screen.screen).not.toContain(autopilotTexts.notConsoleMade[lang].slice(-20));
      expect(screen.screen).not.toContain(texts.askAutopilot[lang].slice(0, 10));
    }
    await waits(texts.waiting, texts.askAnswer);
    sandbox.say({ text: 'hi there', chatType: 'p2p', appId: app.appId });
    await answers(texts.askWrite, texts.planned);
    expect(await screen.ended()).toBe(0);
    found.push(...faultsOf(scene, windowAfter(screen.raw, size), size, texts.doneIn));
    expect(found.join('\n\n')).toBe('');
    expect(await scene.section()).toMatchObject({ enabled: true, appId: app.appId });
  });
});
