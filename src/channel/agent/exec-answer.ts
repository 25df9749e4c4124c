/** What a command of `run --exec --exec-format jsonl` may print: one JSON object a line. Pure. */
import { z } from 'zod';
import { isFields } from '../../shared/fields.ts';
import { parseJson } from '../../shared/json.ts';
import type { AnswerPiece } from '../answer/answer-piece.ts';

/**
 * One line of a command's answer with `--exec-format jsonl`. Each field is one thing that the person
 * gets, in the order of the fields below; a line that is none of these is text.
 *
 * @example
 * ```ts
 * import type { ExecAnswer } from 'moltbot-feishu';
 *
 * const say = (answer: ExecAnswer) => console.log(JSON.stringify(answer));
 * say({ status: 'Drawing' });
 * say({ tool: { name: 'matplotlib', state: 'running' } });
 * say({ tool: { name: 'matplotlib', state: 'done' } });
 * say({ text: 'Here is the chart.\n' });
 * say({ image: './chart.png' });
 * ```
 */
export interface ExecAnswer {
  /** What the command is doing; shown where the answer grows, and gone when it is there. */
  readonly status?: string | undefined;
  /** A tool that begins or ends: shown where the answer grows, as `toolProgress` says. */
  readonly tool?: ExecTool | undefined;
  /** The open_id of a person to mention, at this place of the text. */
  readonly mention?: string | undefined;
  /** The next part of the text, Markdown; line ends are the command's own. */
  readonly text?: string | undefined;
  /** A path, a `file:` URL or an http(s) URL. */
  readonly image?: string | undefined;
  readonly file?: string | undefined;
  /** A voice message where it is Opus, or ffmpeg is there; else a file. */
  readonly audio?: string | undefined;
  readonly video?: string | undefined;
  /** Of the image, file, audio or video. */
  readonly name?: string | undefined;
  /** A card of JSON 2.0. */
  readonly card?: Readonly<Record<string, unknown>> | undefined;
  /** Rows of buttons below the text of the same line; a press is what the person says next. */
  readonly buttons?: readonly (readonly ExecButton[])[] | undefined;
  /** A reaction to the message that is answered: `OK`, `THUMBSUP`. */
  readonly react?: string | undefined;
}

/** A step of the command's work. */
export interface ExecTool {
  readonly name: string;
  /** The same in all lines of one use; default: the name. */
  readonly id?: string | undefined;
  /** Default: `running`. */
  readonly state?: 'running' | 'done' | 'failed' | undefined;
}

export interface ExecButton {
  readonly text: string;
  /** What a press says; default: the text. */
  readonly value?: string | undefined;
}

const place = z.string().min(1);
const optionalPlace = place.optional();

export const execAnswerSchema = z.object({
  status: z.string().optional().describe('What the command is doing.'),
  tool: z
    .object({
      name: z.string().min(1),
      id: z.string().min(1).optional().describe('The same in all lines of one use.'),
      state: z.enum(['running', 'done', 'failed']).optional(),
    })
    .optional()
    .describe('A tool that begins or ends; shown as toolProgress says.'),
  mention: z
    .string()
    .regex(/^ou_[\w-]{1,100}$/)
    .optional()
    .describe('The open_id of a person, mentioned at this place of the text.'),
  text: z
    .string()
    .optional()
    .describe('The next part of the text: Markdown with its own line ends.'),
  image: optionalPlace.describe('A path, a file: URL or an http(s) URL.'),
  file: optionalPlace,
  audio: optionalPlace.describe(
    'A voice message where it is Opus, or ffmpeg is there; else a file.',
  ),
  video: optionalPlace,
  name: z.string().optional().describe('The name of the image, file, audio or video.'),
  card: z.record(z.string(), z.unknown()).optional().describe('A card of JSON 2.0.'),
  buttons: z
    .array(z.array(z.object({ text: z.string().min(1), value: z.string().optional() })).readonly())
    .readonly()
    .optional()
    .describe('Below the text of the same line; a press is what the person says next.'),
  react: place.optional().describe('A reaction to the message that is answered: OK, THUMBSUP.'),
});

/** What makes a line more than text; `name` alone says nothing. */
const kinds = Object.keys(execAnswerSchema.shape).filter((key) => key !== 'name');
const media = ['image', 'file', 'audio', 'video'] as const;

/** The pieces that a line means; `undefined` for a line that is text. */
export function readExecAnswer(line: string): readonly AnswerPiece[] | undefined {
  const value = withoutNulls(parseJson(line.trim()));
  if (!isFields(value)) return undefined;
  const parsed = execAnswerSchema.safeParse(value);
  if (!parsed.success || !kinds.some((key) => Object.hasOwn(value, key))) return undefined;
  const { status, tool, mention, text, name, card, buttons, react } = parsed.data;
  const pieces: AnswerPiece[] = [];
  if (status !== undefined) pieces.push({ kind: 'status', text: status });
  if (tool !== undefined) {
    const { name, id = name, state = 'running' } = tool;
    pieces.push({ kind: 'tool', id, name, state });
  }
  // Where a text names a person by open_id, the person is mentioned.
  if (mention !== undefined) pieces.push(`@${mention} `);
  if (text !== undefined && buttons === undefined) pieces.push(text);
  for (const as of media) {
    const source = parsed.data[as];
    if (source !== undefined) {
      pieces.push({ kind: 'media', source, name, as, asVoice: as === 'audio' });
    }
  }
  if (card !== undefined) pieces.push({ kind: 'card', card });
  if (buttons !== undefined) {
    pieces.push({ kind: 'buttons', rows: buttons, ...(text !== undefined && { text }) });
  }
  if (react !== undefined) pieces.push({ kind: 'react', emoji: react });
  return pieces;
}

/** The deepest field of ours is that of a button in a row of buttons. */
const MAX_DEPTH = 4;

/** Many languages write a field that is not set as `null`. A card is left as it is. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, key === 'card' ? field : withoutNulls(field, depth + 1)]),
  );
}
