/** What happens to chats: a person opens one, a bot joins or leaves, a group is dissolved. */
import type { SandboxApp } from '../state/app-state.ts';
import type { SandboxChat } from '../state/chats.ts';
import { scopeRules } from '../state/scopes.ts';
import { actor, appsOf, type World } from './actors.ts';
import { sendEvent } from './app-event.ts';
import { type Person, personIds } from './person.ts';

export interface Opening {
  readonly from?: Person;
  readonly appId?: string;
}

export interface Opened {
  readonly eventId: string;
  readonly chatId: string;
}

/** A person opens the direct chat with the bot: the platform reports each time. */
export function openChat({ from, appId }: Opening, world: World): Opened {
  const app = world.appNamed(appId);
  const { openId } = actor(world, from);
  const chat = world.chats.p2pChat(app.appId, openId);
  const last = world.chats.list({ chatId: chat.chatId }).at(-1);
  const event = {
    type: 'im.chat.access_event.bot_p2p_chat_entered_v1',
    time: world.nextTime(),
    body: () => ({
      chat_id: chat.chatId,
      operator_id: personIds(openId),
      ...(last && {
        last_message_id: last.messageId,
        last_message_create_time: String(last.createTime),
      }),
    }),
  };
  const { eventId } = sendEvent(world.delivery, app, event, { scopes: [], openId });
  return { eventId, chatId: chat.chatId };
}

/** Puts a bot into a group, or takes it out; the group is made where it is not there yet. */
export function setMembership(
  chatId: string,
  isMember: boolean,
  app: SandboxApp,
  world: World,
): void {
  const known = world.chats.chats.get(chatId);
  if (!known && !isMember) return;
  if (known?.disbanded) throw new RangeError(`the group ${chatId} is dissolved`);
  const wasMember = known?.appIds.has(app.appId) ?? false;
  const chat = known ?? world.chats.groupChat(chatId, app.appId);
  if (isMember) chat.appIds.add(app.appId);
  else chat.appIds.delete(app.appId);
  if (wasMember === isMember || chat.chatType === 'p2p') return;
  const event = {
    type: `im.chat.member.bot.${isMember ? 'added' : 'deleted'}_v1`,
    time: world.nextTime(),
    // The name is the bot's, not the chat's.
    body: () => ({
      ...chatFields(chat, actor(world, undefined).openId, app),
      name: app.state.name,
      i18n_names: { zh_cn: app.state.name, en_us: app.state.name, ja_jp: app.state.name },
    }),
  };
  sendEvent(world.delivery, app, event, { scopes: scopeRules.botMemberEvent });
}

/** A person dissolves a group: nothing can be sent or read there any more. */
export function disband({ chatId }: { readonly chatId: string }, world: World): void {
  const chat = world.chats.chats.get(chatId);
  if (chat?.chatType !== 'group') throw new RangeError(`the sandbox has no group ${chatId}`);
  const apps = appsOf(world, chat);
  chat.disbanded = true;
  chat.appIds.clear();
  const time = world.nextTime();
  for (const app of apps) {
    const event = {
      type: 'im.chat.disbanded_v1',
      time,
      body: () => ({
        ...chatFields(chat, actor(world, undefined).openId, app),
        name: chat.name,
      }),
    };
    sendEvent(world.delivery, app, event, { scopes: scopeRules.chat });
  }
}

function chatFields(chat: SandboxChat, operator: string, { tenantKey }: SandboxApp): object {
  return {
    chat_id: chat.chatId,
    operator_id: personIds(operator),
    external: false,
    operator_tenant_key: tenantKey,
  };
}
