/** Why the platform keeps an event from an app; `undefined` where the app gets it. */
import type { UndeliveredReason } from '../connection/delivery.ts';
import { isAvailableTo, type SandboxApp } from '../state/app-state.ts';
import type { SandboxChat } from '../state/chats.ts';
import { hasAnyOf } from '../state/scopes.ts';

export interface EventRule {
  readonly type: string;
  /** One of these is enough; empty needs none. */
  readonly scopes: readonly string[];
  /** The bot must be in this chat, and in a direct chat available to its person. */
  readonly chat?: SandboxChat | undefined;
  /** The bot must be available to this person. */
  readonly openId?: string;
}

export function reasonToWithhold(app: SandboxApp, rule: EventRule): UndeliveredReason | undefined {
  const { state } = app;
  return (
    reasonOfApp(app) ??
    (rule.chat && !rule.chat.appIds.has(app.appId) ? 'bot-not-in-chat' : undefined) ??
    (state.events.includes(rule.type) ? undefined : 'event-not-subscribed') ??
    (state.eventMode === 'webhook' ? 'webhook-mode' : undefined) ??
    (rule.openId !== undefined && !isAvailableTo(app, rule.openId) ? 'not-available' : undefined) ??
    (hasAnyOf(state.scopes, rule.scopes) ? undefined : 'scope-missing')
  );
}

/** A callback has a list and a mode of its own, and needs no scope. */
export function reasonToWithholdCallback(
  app: SandboxApp,
  type: string,
): UndeliveredReason | undefined {
  return (
    reasonOfApp(app) ??
    (app.state.callbacks.includes(type) ? undefined : 'event-not-subscribed') ??
    (app.state.callbackMode === 'webhook' ? 'webhook-mode' : undefined)
  );
}

function reasonOfApp({ state }: SandboxApp): UndeliveredReason | undefined {
  if (state.status === 'disabled') return 'app-disabled';
  if (!state.published) return 'not-published';
  return state.bot ? undefined : 'bot-off';
}
