/**
 * The names of the actions and their switches, for a host that lists them at each turn: without what
 * carries them out. A test compares them with the declarations.
 */
import type { ActionGate } from './action.ts';

export const actionNames: Readonly<Record<string, ActionGate | undefined>> = {
  send: undefined,
  reply: undefined,
  'thread-reply': undefined,
  edit: 'messages',
  delete: 'messages',
  unsend: 'messages',
  read: 'messages',
  react: 'reactions',
  reactions: 'reactions',
  pin: 'pins',
  unpin: 'pins',
  'list-pins': 'pins',
  'member-info': 'memberInfo',
  'channel-info': 'channelInfo',
  'channel-list': 'channelInfo',
  sticker: 'stickers',
};
