/**
 * `npm run soak:host [-- turns [plugin]]`: turns with texts, tables, growing cards, and files in both
 * directions, through the plugin in the real OpenClaw. What its gateway holds is told as they go.
 * Ends with 1 where open files, threads, handles, timers or files on the disk grow after the first
 * tenth, or a turn had no answer.
 *
 * Memory is told and not judged: most of it is the host's, which keeps its conversations. A peer's name
 * as the second argument gives its numbers.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { png } from '../test/support/media-samples.ts';
import { type FeltHost, questionIn, startFelt } from './felt/felt-host.ts';
import { answerText } from './felt/scenario.ts';
import { gatewayWatch, type Held } from './gateway-watch.ts';
import { type ContenderName, contenders } from './hosted-plugin.ts';

const turns = Number(process.argv[2] ?? 2000);
const contender = (process.argv[3] ?? 'moltbot-feishu') as ContenderName;
const CHATS = 20;
/** Side by side: more would wait for the host's own lanes. */
const AT_ONCE = 4;
const STEPS = 10;
/** A turn that takes longer is counted as unanswered (ms). */
const TURN_MS = 120_000;
/** One more or less may be about to be closed, or opened. */
const LEEWAY = 2;

const kinds = ['text', 'table', 'stream', 'image-in', 'image-out', 'file-out'] as const;
type Kind = (typeof kinds)[number];

const aside = await mkdtemp(join(tmpdir(), 'feishu-soak-'));
const watch = await gatewayWatch(aside);
const felt = await startFelt(contenders[contender], { variables: watch.variables });
try {
  const out = join(felt.host.home, 'workspace', 'out');
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'chart.png'), png(640, 480));
  await writeFile(join(out, 'report.pdf'), '%PDF-1.7\n%%EOF\n');
  felt.answers((said) => answerOf(said, out));

  const perStep = Math.ceil(turns / STEPS);
  const held: Held[] = [];
  let unanswered = 0;
  for (let step = 0; step < STEPS; step++) {
    for (let turn = 0; turn < perStep; turn += AT_ONCE) {
      const serials = Array.from({ length: AT_ONCE }, (_, at) => step * perStep + turn + at);
      const answered = await Promise.all(serials.map((serial) => oneTurn(felt, serial)));
      unanswered += answered.filter((isAnswered) => !isAnswered).length;
    }
    const now = await watch.look(felt.host.gatewayGroup() ?? 0, felt.host.home);
    held.push(now);
    console.log(JSON.stringify({ turns: (step + 1) * perStep, unanswered, ...now }));
  }
  const [first, last] = [held[0], held.at(-1)];
  if (!first || !last) throw new RangeError('no turn was taken');
  const steady = (['files', 'threads', 'timers', 'handles', 'stored'] as const).filter(
    (name) => last[name] <= first[name] + LEEWAY,
  );
  console.log(JSON.stringify({ first, last, steady, unanswered }));
  process.exitCode = steady.length === 5 && unanswered === 0 ? 0 : 1;
} finally {
  await felt.stop();
  await rm(aside, { recursive: true, force: true });
}

/** `q0042-stream`: the model knows by it what to answer. */
function kindIn(said: string): Kind {
  const word = said
    .match(/q\d{4}-([a-z-]+)/g)
    ?.at(-1)
    ?.slice('q0000-'.length);
  return (word as Kind | undefined) ?? 'text';
}

function answerOf(said: string, out: string) {
  const question = questionIn(said) ?? '';
  const answers: Readonly<Record<Kind, string>> = {
    text: `${question} is answered`,
    table: `## ${question}\n\n| a | b |\n|---|---|\n| 1 | \`2\` |\n\nwhole`,
    stream: `${answerText(question, 60)}whole`,
    'image-in': `${question} was seen`,
    'image-out': `${question} is here\nMEDIA:${join(out, 'chart.png')}`,
    'file-out': `${question} is here\nMEDIA:${join(out, 'report.pdf')}`,
  };
  const kind = kindIn(said);
  return { text: answers[kind], ...(kind === 'stream' && { pieceMs: 20, pieceCharacters: 10 }) };
}

/** Asks in a chat that has no other turn, and waits for the answer. @returns whether it came */
async function oneTurn({ sandbox }: FeltHost, serial: number): Promise<boolean> {
  const kind = kinds[serial % kinds.length] ?? 'text';
  const question = `q${String(serial).padStart(4, '0')}`;
  const chat = serial % CHATS;
  const from = { openId: `ou_soak${chat}`, name: `Soak ${chat}` };
  const text = `please answer ${question}-${kind}`;
  const images = kind === 'image-in' ? [sandbox.putResource('image', png(64, 64))] : [];
  const { chatId } = sandbox.say({ from, text, images });
  const until = Date.now() + TURN_MS;
  const medium = { 'image-out': 'image', 'file-out': 'file' }[kind as string];
  const before = medium ? countOf(medium) : 0;
  function countOf(msgType: string): number {
    return sandbox.messages({ chatId, fromBot: true }).filter((one) => one.msgType === msgType)
      .length;
  }
  const isWhole = (): boolean => {
    const seen = sandbox.seen(chatId).filter(({ fromBot }) => fromBot);
    const shown = seen.slice(-4).map(({ changes }) => changes.at(-1));
    const isThere = shown.some((change) => {
      const shownText = `${change?.title ?? ''}\n${change?.text ?? ''}`;
      return shownText.includes(question) && /whole|is answered|was seen|is here/.test(shownText);
    });
    const isOpen = shown.some((change) => change?.isGenerating);
    return isThere && !isOpen && (!medium || countOf(medium) > before);
  };
  while (!isWhole()) {
    if (Date.now() > until) return false;
    await delay(50);
  }
  return true;
}
