/** Whether the app may write cards: learned from refusals, and tried again after a while. */

import { isMoltbotFeishuError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import { createPermissionWarner } from '../../missing-permission.ts';

export interface CardAbility {
  /** Whether a card is worth a try. */
  readonly mayWrite: boolean;
  /** A card could not be created. */
  refused(error: unknown): void;
}

export interface CardAbilityOptions {
  /** Tries at each answer, whatever was refused before. */
  readonly isAlways: boolean;
  readonly log: Logger;
  /** A clock that is never set (ms). */
  readonly monotonic: () => number;
}

/** The app lacks the permission, or the user's token would be needed. */
const permissionCodes = new Set([99991672, 99991679]);

/** A permission may be granted meanwhile (ms). */
const NO_PERMISSION_MS = 10 * 60_000;
/** After any other refusal of a new card (ms). */
const REFUSED_MS = 60_000;

export function createCardAbility(options: CardAbilityOptions): CardAbility {
  const { isAlways, log, monotonic } = options;
  const warn = createPermissionWarner(log, 'answers are sent in blocks instead of a growing card');
  let pausedUntil = 0;
  return {
    get mayWrite() {
      return isAlways || monotonic() >= pausedUntil;
    },
    refused(error) {
      warn(error);
      const isPermission =
        isMoltbotFeishuError(error) && permissionCodes.has(error.feishuCode ?? 0);
      pausedUntil = monotonic() + (isPermission ? NO_PERMISSION_MS : REFUSED_MS);
      if (isPermission || !isMoltbotFeishuError(error)) return;
      log.info('no card for a while', { error: error.code, code: error.feishuCode });
    },
  };
}
