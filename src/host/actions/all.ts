/** All actions of the host's agent, one declaration each. */
import type { Action } from './action.ts';
import { chatActions } from './chat-actions.ts';
import { messageActions } from './message-actions.ts';
import { pinActions } from './pin-actions.ts';
import { reactionActions } from './reaction-actions.ts';
import { readActions } from './read-actions.ts';
import { stickerActions } from './sticker-actions.ts';

export const actions: ReadonlyMap<string, Action> = new Map(
  [
    ...messageActions,
    ...reactionActions,
    ...readActions,
    ...pinActions,
    ...chatActions,
    ...stickerActions,
  ].map((one) => [one.name, one]),
);
