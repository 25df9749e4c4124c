/** kill -9 while the media of an answer are uploaded: each is there once, or a sentence ends the answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { temporaryHome } from '../../../support/home.ts';
import { opus, png } from '../../../support/media-samples.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { sandboxWith } from '../../harness.ts';
import { configure, startRuntime } from '../../runtime-process.ts';
import { answerIn, lastOf } from '../stream/watched.ts';
import { temporaryFolder } from './outgoing.ts';

/** `npm run prove:kill` asks for 200. */
const KILLS = Number(process.env.KILLS ?? 5);

/** What an answer is made of, by the last letter of its question: words, and the media between them. */
const answers: Readonly<Record<string, readonly string[]>> = {
  /** Nothing is sent before the first upload. */
  a: ['file', 'file'],
  b: ['begun', 'image', 'between', 'audio', 'end'],
  /** Beside an image within the text. */
  c: ['![picture](picture.png)', 'file', 'end'],
};

/** The file of each kind of medium. */
const sources: Readonly<Record<string, string>> = {
  file: 'notes.txt',
  image: 'picture.png',
  audio: 'voice.ogg',
};

/** An agent that writes what {@link answers} says, in shell: it starts fast. */
function agentScript(folder: string): string {
  const line = (piece: string): string => {
    const source = sources[piece];
    const text = `${piece.replace('(', `(${folder}/`)}\n\n`;
    return JSON.stringify(source === undefined ? { text } : { [piece]: `${folder}/${source}` });
  };
  const cases = Object.entries(answers).map(([letter, pieces]) => {
    const lines = pieces.map((piece) => `printf '%s\\n' '${line(piece)}'`);
    return `*${letter}) ${lines.join('; sleep 0.2; ')} ;;`;
  });
  const question = ['read -r line', 't=${line##*\\"text\\":\\"}', 't=${t%%\\"*}'];
  const begun = `echo "$t" >> ${beginningsIn(folder)}`;
  return [...question, begun, 'case $t in', ...cases, 'esac'].join('\n');
}

/** The questions for which the agent was started, a line each time. */
const beginningsIn = (folder: string): string => join(folder, 'begun');

/** After a part of the answer, and in its place: a turn is begun three times at most. */
const sentence = /The program was interrupted|the program was interrupted three times/;

/** The messages of an answer, in order: `file`, `image`, `audio`, or the words that they show. */
function seenIn(sandbox: Sandbox, chatId: string): readonly string[] {
  return sandbox
    .seen(chatId)
    .filter((message) => message.fromBot && !lastOf(message).isRecalled)
    .flatMap((message) =>
      message.msgType in sources
        ? [message.msgType]
        : answerIn(lastOf(message)).split('\n').filter(Boolean),
    );
}

/** What is wrong with an answer as it is seen at the end; `undefined` where nothing is. */
function wrongIn(question: string, seen: readonly string[]): readonly string[] | undefined {
  const whole = (answers[question.slice(-1)] ?? []).map((piece) =>
    piece.startsWith('![') ? 'picture' : piece,
  );
  const shown = seen.map((piece) => (/picture/.test(piece) ? 'picture' : piece));
  const isEnded = sentence.test(shown.at(-1) ?? '');
  const pieces = isEnded ? shown.slice(0, -1) : shown;
  const isInOrder = pieces.every((piece, index) => piece === whole[index]);
  return isInOrder && (isEnded || pieces.length === whole.length) ? undefined : seen;
}

it.each(['block', 'card'] as const)(
  `media are sent once, or the answer is ended by one sentence, after ${KILLS} kills (streaming: %s)`,
  async (streaming) => {
    const home = await temporaryHome();
    const sandbox = await sandboxWith({ redeliveryMs: [300, ...Array<number>(200).fill(1500)] });
    await configure(home, sandbox, { streaming });
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'notes.txt'), 'notes');
    await writeFile(join(folder, 'picture.png'), png());
    await writeFile(join(folder, 'voice.ogg'), opus(1000));
    const script = join(folder, 'agent.sh');
    await writeFile(script, agentScript(folder));
    await writeFile(beginningsIn(folder), '');
    for (const path of ['/im/v1/files', '/im/v1/images'])
      sandbox.fault({ match: { path }, do: { kind: 'delay', ms: 700 } });
    const questions = new Map<string, string>();
    const start = () => startRuntime(home, { exec: `sh ${script}`, format: 'jsonl' });
    let runtime = start();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await runtime.line(({ event }) => event === 'ready');
      for (const letter of Object.keys(answers)) {
        const text = `q${kill}${letter}`;
        const { chatId } = sandbox.say({ text, from: { openId: `ou_${text}`, name: text } });
        questions.set(text, chatId);
      }
      await waitFor(async () =>
        expect(await readFile(beginningsIn(folder), 'utf8')).toContain(`q${kill}`),
      );
      await delay(Math.random() * 2500);
      await runtime.kill();
      runtime = start();
    }
    const wrongs = () =>
      [...questions].flatMap(([question, chatId]) => {
        const wrong = wrongIn(question, seenIn(sandbox, chatId));
        return wrong === undefined ? [] : [{ question, seen: wrong }];
      });
    await waitFor(() => expect(wrongs()).toEqual([]), { timeout: 60_000, interval: 500 });
    // Nothing more comes: what was answered is not answered again.
    await runtime.stop();
    expect(wrongs()).toEqual([]);
    const ended = [...questions.values()].filter((chatId) =>
      sentence.test(seenIn(sandbox, chatId).at(-1) ?? ''),
    );
    const begun = (await readFile(beginningsIn(folder), 'utf8')).trimEnd().split('\n');
    const counts = { answers: questions.size, ended: ended.length, begun: begun.length };
    console.log(JSON.stringify({ streaming, kills: KILLS, ...counts }));
  },
  120_000 + KILLS * 15_000,
);
