/** A bot whose agent sends what a test gives it, in a directory from which it may send files. */
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Agent } from '../../../../src/channel/agent/agent.ts';
import type { AnswerPiece } from '../../../../src/channel/answer/answer-piece.ts';
import type { MediaPolicy } from '../../../../src/channel/answer/media/media-policy.ts';
import type { Sandbox, SandboxOptions } from '../../../../src/sandbox/sandbox.ts';
import {
  accountOf,
  channelWith,
  cleanUp,
  sandboxWith,
  sentText,
  type Watched,
} from '../../harness.ts';

export interface Outgoing extends Watched {
  readonly sandbox: Sandbox;
  /** Files of it may be sent. */
  readonly root: string;
  /** Has the agent answer with these pieces. @returns what the person sees, one line a message */
  seen(...pieces: readonly AnswerPiece[]): Promise<readonly string[]>;
  /** The last line that says why a medium was not sent. */
  refusal(): unknown;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'outgoing-')));
  cleanUp(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function outgoing(
  options: {
    readonly media?: Omit<MediaPolicy, 'roots'>;
    readonly sandbox?: SandboxOptions;
    readonly env?: Readonly<Record<string, string>>;
    readonly denied?: readonly string[];
  } = {},
): Promise<Outgoing> {
  const sandbox = await sandboxWith(options.sandbox);
  const root = await temporaryFolder();
  let pieces: readonly AnswerPiece[] = [];
  const agent: Agent = {
    async *answer() {
      yield* pieces;
    },
  };
  const watched = channelWith([accountOf(sandbox, { typingReaction: false })], {
    agent,
    env: options.env ?? {},
    media: {
      ...options.media,
      roots: { base: root, allowed: [root], denied: options.denied ?? [] },
    },
  });
  await watched.event('ready');
  let turns = 0;
  return {
    ...watched,
    sandbox,
    root,
    async seen(...next) {
      pieces = next;
      const before = sandbox.messages({ fromBot: true }).length;
      sandbox.say({ text: 'go' });
      turns += 1;
      await watched.event('answered', turns);
      return sandbox
        .messages({ fromBot: true })
        .slice(before)
        .map(({ msgType, content }) => shown(sandbox, msgType, content));
    },
    refusal: () => {
      const line = watched.logs.findLast(({ text }) => /was not (sent|shown)/.test(text));
      return line?.fields.reason;
    },
  };
}

/** A message as a person sees it: `image 33`, `audio voice.opus 1234 ms`, or its text. */
export function shown(sandbox: Sandbox, msgType: string, content: string): string {
  if (msgType === 'text' || msgType === 'post') return sentText(content);
  if (msgType === 'interactive') return content;
  const { file_key, image_key } = JSON.parse(content) as Record<string, string | undefined>;
  const file = sandbox.resource(file_key ?? image_key ?? '');
  const length = file?.durationMs === undefined ? '' : ` ${file.durationMs} ms`;
  const cover = file_key !== undefined && image_key !== undefined ? ' with cover' : '';
  if (msgType === 'image') return `image ${file?.size}`;
  return `${msgType} ${file?.uploadType} ${file?.fileName}${length}${cover}`;
}

/** A program that is found as ffmpeg: a script of Node. @returns the PATH that leads to it */
export async function fakeFfmpeg(script: string): Promise<string> {
  const folder = join(await temporaryFolder(), 'bin');
  await mkdir(folder);
  const path = join(folder, 'ffmpeg');
  await writeFile(path, `#!${process.execPath}\n${script}`);
  await chmod(path, 0o700);
  return folder;
}
