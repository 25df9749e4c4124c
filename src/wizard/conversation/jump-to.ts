/** How a step or a question says that the person wants to be at another step, or to leave. */
import type { MoltbotFeishuError } from '../../shared/errors.ts';

export const BACK = 'back' as const;

export const NEXT = 'next';

/** Thrown to continue at another step: at an earlier one by its id, or at the last one that asked. */
export class JumpTo extends Error {
  override readonly name = 'JumpTo';
  readonly to: string;
  /** A detour: nothing is undone, and back returns to the step that threw this. */
  readonly isDetour: boolean;

  constructor(to: string, { isDetour = false }: { readonly isDetour?: boolean } = {}) {
    super(`go to ${to}`);
    this.to = to;
    this.isDetour = isDetour;
  }
}

/** Thrown when the person leaves setup; has an error where something is left to do. */
export class SetupLeft extends Error {
  override readonly name = 'SetupLeft';
  readonly reason: MoltbotFeishuError | undefined;

  constructor(reason?: MoltbotFeishuError) {
    super('left');
    this.reason = reason;
  }
}
