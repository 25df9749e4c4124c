/**
 * Converts with ffmpeg, where this machine has it: a recording to a voice message, a video's first
 * picture to its cover.
 *
 * The file comes from anywhere, so ffmpeg reads it as the format that it was found to be, opens nothing
 * else, and is ended when it takes too long.
 */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { FILE_UPLOAD_BYTES, IMAGE_UPLOAD_BYTES } from '../../../platform/limits.ts';

export interface Ffmpeg {
  /** Writes Ogg with Opus, mono, 16 kHz, as Feishu's clients record it. @returns whether it is there */
  toVoice(input: FfmpegInput, output: string, signal: AbortSignal): Promise<boolean>;
  /** Writes the first picture as JPEG. @returns whether it is there */
  toCover(input: FfmpegInput, output: string, signal: AbortSignal): Promise<boolean>;
}

export interface FfmpegInput {
  /** A file in a private folder. */
  readonly path: string;
  readonly mime: string;
}

export interface FfmpegOptions {
  /** Where PATH is read. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The longest conversion (ms). */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;

/** The demuxer for each type: without one, ffmpeg would guess and also follow playlists. */
const formats: Readonly<Record<string, string>> = {
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/vnd.wave': 'wav',
  'audio/flac': 'flac',
  'audio/x-flac': 'flac',
  'audio/ogg': 'ogg',
  'audio/opus': 'ogg',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'audio/aiff': 'aiff',
  'audio/mp4': 'mov',
  'audio/x-m4a': 'mov',
  'audio/webm': 'matroska',
  'video/webm': 'matroska',
  'video/mp4': 'mov',
  'video/quicktime': 'mov',
  'video/x-m4v': 'mov',
};

export function createFfmpeg({ env, timeoutMs = TIMEOUT_MS }: FfmpegOptions): Ffmpeg {
  async function convert(
    input: FfmpegInput,
    output: readonly string[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const format = formats[input.mime.split(';')[0] ?? ''];
    if (format === undefined) return false;
    const read = ['-protocol_whitelist', 'file', '-f', format, '-i', input.path];
    const args = ['-hide_banner', '-loglevel', 'quiet', '-nostdin', '-y', ...read, ...output];
    return run(args, dirname(input.path), signal);
  }

  function run(args: readonly string[], cwd: string, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const child = spawn('ffmpeg', args, {
        cwd,
        // It needs to be found, and no more of our environment.
        env: { PATH: env.PATH ?? '', ...(env.SYSTEMROOT && { SYSTEMROOT: env.SYSTEMROOT }) },
        stdio: 'ignore',
        windowsHide: true,
      });
      const end = (): void => {
        child.kill('SIGKILL');
      };
      const timer = setTimeout(end, timeoutMs);
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) end();
      const finish = (isDone: boolean): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve(isDone);
      };
      // It is not installed, or cannot be started.
      child.once('error', () => finish(false));
      child.once('exit', (code) => finish(code === 0));
    });
  }

  return {
    toVoice: (input, output, signal) =>
      convert(
        input,
        // biome-ignore format: an option and its value a pair
        ['-vn', '-map_metadata', '-1', '-ac', '1', '-ar', '16000', '-c:a', 'libopus', '-fs', String(FILE_UPLOAD_BYTES), '-f', 'ogg', output],
        signal,
      ),
    toCover: (input, output, signal) =>
      convert(
        input,
        // biome-ignore format: an option and its value a pair
        ['-an', '-frames:v', '1', '-vf', 'scale=w=min(1280\\,iw):h=-2', '-c:v', 'mjpeg', '-fs', String(IMAGE_UPLOAD_BYTES), '-f', 'image2', output],
        signal,
      ),
  };
}
