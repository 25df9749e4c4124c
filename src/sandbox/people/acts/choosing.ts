/** A person chooses an entry of the bot's menu. */
import { hasAnyOf, scopeRules } from '../../state/scopes.ts';
import { actor, type World } from '../actors.ts';
import { sendEvent } from '../app-event.ts';
import { type Person, personIds } from '../person.ts';

export interface Choosing {
  readonly eventKey: string;
  readonly from?: Person;
  readonly appId?: string;
}

/** Sends application.bot.menu_v6, which names no chat. */
export function chooseMenu(
  { eventKey, from, appId }: Choosing,
  world: World,
): { readonly eventId: string } {
  const app = world.appNamed(appId);
  const { openId, name } = actor(world, from);
  const time = world.nextTime();
  const event = {
    type: 'application.bot.menu_v6',
    time,
    body: () => ({
      operator: {
        operator_id: personIds(openId),
        ...(hasAnyOf(app.state.scopes, scopeRules.menuOperatorName) && { operator_name: name }),
      },
      event_key: eventKey,
      // Seconds, unlike every other event.
      timestamp: Math.floor(time / 1000),
    }),
  };
  return sendEvent(world.delivery, app, event, { scopes: [], openId });
}
