/** Unsent characters at which a fast agent has to wait. */
const MAX_GATHERED = 256 * 1024;

/**
 * Gathers blocks while earlier ones are being sent, so that a fast agent's blocks share messages.
 *
 * One sending runs at a time. A failure ends it, and each later call throws it.
 */
export class BlockBuffer {
  /** Takes the gathered text when it may send it, and resolves when it is sent. */
  readonly #send: (gathered: BlockBuffer) => Promise<void>;
  #blocks: string[] = [];
  #size = 0;
  #sending: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(send: (gathered: BlockBuffer) => Promise<void>) {
    this.#send = send;
  }

  /** Takes a block, and starts sending. Resolves when there is room for more. */
  async write(block: string): Promise<void> {
    this.#throwFailure();
    this.add([block]);
    this.#sending ??= this.#sendAll();
    if (this.#size > MAX_GATHERED) await this.idle();
  }

  /** Resolves when no sending runs. */
  async idle(): Promise<void> {
    await this.#sending;
    this.#throwFailure();
  }

  /** Adds blocks without sending them. */
  add(blocks: readonly string[]): void {
    this.#blocks.push(...blocks);
    for (const block of blocks) this.#size += block.length;
  }

  /** Returns the gathered text and removes it. */
  take(): string {
    const text = this.#blocks.join('\n\n');
    this.#blocks = [];
    this.#size = 0;
    return text;
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  async #sendAll(): Promise<void> {
    try {
      while (!this.isEmpty) await this.#send(this);
    } catch (error) {
      this.#failure = { error };
    }
    this.#sending = undefined;
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
