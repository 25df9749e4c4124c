/** `sandbox`: its flags, checked, and the process's streams. */
import { ExitCode, MoltbotFeishuError } from '../../shared/errors.ts';
import { localize } from '../../shared/text/text.ts';
import { usageTexts } from '../help/usage-texts.ts';
import type { Shell } from '../shell.ts';
import { runSandboxCommand } from './sandbox.ts';

export async function sandboxCommand(
  shell: Shell,
  flags: { readonly port?: string },
): Promise<number> {
  const { port } = flags;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new MoltbotFeishuError({
      code: 'invalid-value',
      exitCode: ExitCode.usage,
      what: localize(usageTexts.badChoice, { flag: '--port', found: port, allowed: '0–65535' }),
    });
  }
  const { json, lang, stdin, stdout, stderr, signal } = shell;
  return runSandboxCommand({
    json,
    lang,
    stdin,
    stdout,
    stderr,
    signal,
    ...(port !== undefined && { port: Number(port) }),
  });
}
