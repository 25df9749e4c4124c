/**
 * Reads the terminal while no prompt does: in raw mode, Ctrl-C is a character and no signal. Other keys are
 * kept for the next prompt.
 */

const CTRL_C = 0x03;

export interface BetweenPrompts {
  /** A prompt ends here, or the conversation begins. */
  begin(): void;
  /** The next prompt begins, or the conversation ends. */
  end(): void;
}

export function betweenPrompts(input: NodeJS.ReadStream, interrupt: () => void): BetweenPrompts {
  let kept: Buffer[] = [];
  let isOn = false;
  const onData = (data: Buffer | string): void => {
    const bytes = Buffer.from(data);
    if (bytes.includes(CTRL_C)) interrupt();
    else kept.push(bytes);
  };
  return {
    begin() {
      if (isOn || !input.isTTY) return;
      isOn = true;
      input.on('data', onData);
      input.resume();
    },
    end() {
      if (!isOn) return;
      isOn = false;
      input.off('data', onData);
      input.pause();
      if (kept.length > 0) input.unshift(Buffer.concat(kept));
      kept = [];
    },
  };
}
