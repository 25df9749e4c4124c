/** The terminal's clipboard, over SSH too: OSC 52. */

/** Terminals take up to 74,994 bytes of base64 (xterm); ours stay far below, and longer ones are not sent. */
const MAX_BASE64 = 74_994;

/** Terminals without a clipboard: the console of Linux, and what has no control sequences at all. */
const WITHOUT_CLIPBOARD = new Set(['linux', 'dumb']);

/**
 * The sequence; within tmux wrapped, so that it reaches the terminal outside. `undefined` where the
 * text cannot reach a clipboard. Whether it arrived, no terminal reports.
 */
export function clipboardSequence(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const base64 = Buffer.from(text).toString('base64');
  if (base64.length > MAX_BASE64 || WITHOUT_CLIPBOARD.has(env.TERM ?? '')) return undefined;
  const sequence = `\u001B]52;c;${base64}\u0007`;
  return env.TMUX
    ? `\u001BPtmux;${sequence.replaceAll('\u001B', '\u001B\u001B')}\u001B\\`
    : sequence;
}
