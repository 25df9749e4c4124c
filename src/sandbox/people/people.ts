/** Everything that people do in the sandbox, one function each. */
import type { World } from './actors.ts';
import { type Choosing, chooseMenu } from './acts/choosing.ts';
import { type Clicked, type Clicking, click } from './acts/clicking.ts';
import { type Editing, edit } from './acts/editing.ts';
import { type Reacting, react } from './acts/reacting.ts';
import { type Recalling, recall } from './acts/recalling.ts';
import { type Said, type Saying, say } from './acts/speaking.ts';
import { disband, type Opened, type Opening, openChat, setMembership } from './chat-events.ts';

/** An event that was sent, or kept back: `deliveries` says which, and why. */
export interface EventSent {
  readonly eventId: string;
}

export interface People {
  /**
   * A person says something; throws where `appId` is unknown.
   *
   * @example
   * ```ts
   * sandbox.say({ text: 'hello' });
   * sandbox.say({ chatType: 'group', mentionBot: true, text: 'what about here?' });
   * ```
   */
  say(saying: Saying): Said;
  /**
   * A person edits a text or a post: im.message.updated_v1. Where the edit adds a mention of the
   * bot, the message is received again, too. Throws RangeError for what cannot be edited.
   */
  edit(editing: Editing): EventSent;
  /** A message is recalled: im.message.recalled_v1 to each app in the chat. */
  recall(recalling: Recalling): EventSent;
  /** A person, or another bot, adds a reaction or takes it away. */
  react(reacting: Reacting): EventSent;
  /**
   * A person uses a button or a form of a bot's card: card.action.trigger. Resolves with what the
   * app answered, or with the code that the person sees instead.
   *
   * @example
   * ```ts
   * const card = await sandbox.nextAnswer();
   * const { answer } = await sandbox.click({ messageId: card.messageId, button: 'Allow once' });
   * ```
   */
  click(clicking: Clicking): Promise<Clicked>;
  /** A person chooses an entry of the bot's menu: application.bot.menu_v6. */
  chooseMenu(choosing: Choosing): EventSent;
  /** A person opens the direct chat with the bot, which is made where it is not there yet. */
  openChat(opening?: Opening): Opened;
  /** Puts a bot into a group, made where it is not there yet, or takes it out; with the event. */
  setMembership(chatId: string, isMember: boolean, appId?: string): void;
  /** A person dissolves a group: im.chat.disbanded_v1, and the bots are out of it. */
  disband(disbanding: { readonly chatId: string }): void;
}

export function createPeople(world: World): People {
  return {
    say: (saying) => say(saying, world),
    edit: (editing) => edit(editing, world),
    recall: (recalling) => recall(recalling, world),
    react: (reacting) => react(reacting, world),
    click: (clicking) => click(clicking, world),
    chooseMenu: (choosing) => chooseMenu(choosing, world),
    openChat: (opening = {}) => openChat(opening, world),
    setMembership: (chatId, isMember, appId) =>
      setMembership(chatId, isMember, world.appNamed(appId), world),
    disband: (disbanding) => disband(disbanding, world),
  };
}
