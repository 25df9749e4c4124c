/** The tokens of clicks, by which a card can be updated later (docs/platform/media-and-cards.md#clicks). */
import { CARD_TOKEN_MS, CARD_TOKEN_USES } from '../../platform/limits.ts';
import { hex } from '../state/ids.ts';

export interface ClickToken {
  readonly token: string;
  readonly appId: string;
  readonly messageId: string;
  readonly at: number;
  uses: number;
  /** The app has answered the click, or its time is over. */
  isAnswered: boolean;
  /** The content before an update that came too early, which the end of the click brings back. */
  undo: string | undefined;
}

export interface ClickTokens {
  issue(appId: string, messageId: string): ClickToken;
  /** Counts one update; `undefined` where the token is unknown, another app's, used up, or too old. */
  take(token: string, appId: string): ClickToken | undefined;
}

export function createClickTokens(now: () => number): ClickTokens {
  const tokens = new Map<string, ClickToken>();
  return {
    issue(appId, messageId) {
      const token = `c-${hex(40)}`;
      const issued = {
        token,
        appId,
        messageId,
        at: now(),
        uses: 0,
        isAnswered: false,
        undo: undefined,
      };
      tokens.set(token, issued);
      return issued;
    },
    take(token, appId) {
      const issued = tokens.get(token);
      if (issued?.appId !== appId || now() - issued.at > CARD_TOKEN_MS) return undefined;
      if (issued.uses >= CARD_TOKEN_USES) return undefined;
      issued.uses += 1;
      return issued;
    },
  };
}
