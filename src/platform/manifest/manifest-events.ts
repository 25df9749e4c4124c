/**
 * The events by feature, with their names in the console. Source: docs/platform/permissions.md.
 *
 * Only the first one is required: an app without one of the others lacks its feature, and no other.
 */
import type { Text } from '../../shared/text/text.ts';
import type { ManifestChoices, ManifestNeed, Needed } from './manifest-choices.ts';

export interface ManifestEvent extends Needed {
  readonly event: string;
  /** The console's name of the event. */
  readonly label: Text;
  /** What the event is for, in our words. */
  readonly feature: Text;
}

type EventRow = readonly [
  event: string,
  need: ManifestNeed,
  label: Text,
  feature: Text,
  choice?: keyof ManifestChoices,
];

/** Nothing arrives without it. */
export const messageEvent = 'im.message.receive_v1';

// biome-ignore format: one row a line
const rows: readonly EventRow[] = [
  [messageEvent, 'required', { en: 'Receive message (v2.0)', zh: '接收消息 v2.0' }, { en: 'Receiving messages', zh: '接收消息' }],
  ['im.message.recalled_v1', 'recommended', { en: 'Message recalled', zh: '撤回消息' }, { en: 'A recalled message gets no answer', zh: '消息撤回后不再回答' }],
  ['im.message.updated_v1', 'recommended', { en: 'Message edited', zh: '编辑消息' }, { en: 'An edited message counts as it is now', zh: '按编辑后的消息回答' }],
  ['im.message.reaction.created_v1', 'recommended', { en: 'Message reaction added', zh: '消息被 reaction' }, { en: 'The agent learns of reactions', zh: '智能体获知表情回复' }, 'reactions'],
  ['im.message.reaction.deleted_v1', 'recommended', { en: 'Message reaction removed', zh: '消息被取消 reaction' }, { en: 'The agent learns of removed reactions', zh: '智能体获知表情回复被取消' }, 'reactions'],
  ['im.chat.member.bot.added_v1', 'recommended', { en: 'Bot added to a group', zh: '机器人进群' }, { en: 'Welcome in a new group', zh: '进群欢迎语' }, 'welcome'],
  ['im.chat.access_event.bot_p2p_chat_entered_v1', 'recommended', { en: 'User opened the chat with the bot', zh: '用户进入与机器人的会话' }, { en: 'Greeting on first open', zh: '首次打开单聊时问候' }, 'welcome'],
  ['im.chat.member.bot.deleted_v1', 'optional', { en: 'Bot removed from a group', zh: '机器人被移出群' }, { en: 'The log names groups that the bot left', zh: '日志记录机器人离开的群' }],
  ['im.chat.disbanded_v1', 'optional', { en: 'Group disbanded', zh: '群解散' }, { en: 'The log names groups that are gone', zh: '日志记录已解散的群' }],
  ['application.bot.menu_v6', 'recommended', { en: 'Bot menu entry chosen', zh: '机器人自定义菜单事件' }, { en: 'The bot’s menu', zh: '机器人菜单' }, 'menus'],
];

export const manifestEvents: readonly ManifestEvent[] = rows.map(
  ([event, need, label, feature, choice]) => ({
    event,
    need,
    label,
    feature,
    ...(choice && { choice }),
  }),
);
