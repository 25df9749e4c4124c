/** `sandbox`: runs a local mock of the Open Platform until it is stopped. */

import { runChat } from '../../sandbox/chat.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { sandboxTexts as texts } from '../../sandbox/sandbox-texts.ts';
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { jsonText } from '../../shared/terminal/visible.ts';
import { type Lang, localize } from '../../shared/text/text.ts';
import { aborted } from '../../shared/time/waiting.ts';
import type { SandboxDocument } from '../output/documents.ts';

export interface SandboxCommandOptions {
  /** Any free port unless given. */
  readonly port?: number;
  /** The chat in the terminal: without it, where stdin is one and `json` is off. */
  readonly chat?: boolean;
  readonly json: boolean;
  readonly lang: Lang;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/**
 * Prints one JSON line `{url, appId, appSecret, controlUrl, page}`, then runs until the signal, `/quit`, or
 * a control call ends it.
 *
 * @throws MoltbotFeishuError `port-in-use`, `port-forbidden`
 */
export async function runSandboxCommand(options: SandboxCommandOptions): Promise<number> {
  const { stdin, stdout, stderr, lang, signal } = options;
  const sandbox = await startOn(options.port);
  try {
    const { url, appId, appSecret, controlUrl, page } = sandbox;
    const document: SandboxDocument = { url, appId, appSecret, controlUrl, page };
    stdout.write(`${jsonText(document)}\n`);
    if (options.chat ?? (stdin.isTTY === true && !options.json)) {
      await runChat(sandbox, { input: stdin, output: stderr, lang, signal });
    } else {
      await Promise.race([sandbox.closed, aborted(signal)]);
    }
    return ExitCode.ok;
  } finally {
    await sandbox.close();
  }
}

async function startOn(port: number | undefined): Promise<Sandbox> {
  try {
    return await startSandbox(port === undefined ? {} : { port });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const inUse = code === 'EADDRINUSE';
    throw new MoltbotFeishuError({
      code: inUse ? 'port-in-use' : 'port-forbidden',
      exitCode: ExitCode.usage,
      what: localize(inUse ? texts.portInUse : texts.portForbidden, { port: port ?? 0 }),
      advice: texts.portInUseAdvice,
      cause: error,
    });
  }
}
