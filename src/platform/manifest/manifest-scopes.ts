/**
 * The scopes (as the app, token type tenant) by feature. Source: docs/platform/permissions.md.
 *
 * `satisfiedBy` are the platform's any-of rules: compare sets, never names.
 */
import type { Text } from '../../shared/text/text.ts';
import type { ManifestChoices, ManifestNeed, Needed } from './manifest-choices.ts';

export interface ManifestScope extends Needed {
  readonly scope: string;
  /** The scope's name in the Chinese console; in English the scope itself where none is known. */
  readonly name: Text;
  /** What it is for, in our words. */
  readonly feature: Text;
  /** Any one of these is enough; holds the scope itself. */
  readonly satisfiedBy: readonly string[];
  /** Whether admins look twice at it. */
  readonly sensitive?: boolean;
}

type ScopeRow = readonly [
  scope: string,
  need: ManifestNeed,
  name: Text,
  feature: Text,
  /** Each of these is enough, too. */
  others: readonly string[],
  /** `sensitive`, or the choice of the config that the scope belongs to. */
  mark?: 'sensitive' | keyof ManifestChoices,
];

// biome-ignore format: one row a line
const rows: readonly ScopeRow[] = [
  // Sending is what nothing works without; reading and reactions have rows of their own.
  ['im:message', 'required', { en: 'Read and send messages in private and group chats', zh: '获取与发送单聊、群组消息' }, { en: 'Messages: send, reply, edit, read', zh: '消息：发送、回复、编辑、读取' }, ['im:message:send_as_bot', 'im:message:send']],
  ['im:message:send_as_bot', 'required', { en: 'Send messages as an app', zh: '以应用的身份发消息' }, { en: 'Answers', zh: '回答用户' }, ['im:message', 'im:message:send']],
  ['im:chat:readonly', 'required', { en: 'Read group information', zh: '获取群组信息' }, { en: 'Names of groups', zh: '群名称' }, ['im:chat', 'im:chat:read']],
  ['im:message.p2p_msg:readonly', 'required', { en: 'Read private messages sent to the bot', zh: '读取用户发给机器人的单聊消息' }, { en: 'Receiving private messages', zh: '接收单聊消息' }, ['im:message.p2p_msg']],
  ['im:message.group_at_msg:readonly', 'required', { en: 'Receive group messages that mention the bot', zh: '接收群聊中@机器人消息事件' }, { en: 'Receiving mentions in groups', zh: '接收群聊中 @机器人 的消息' }, ['im:message.group_at_msg', 'im:message.group_at_msg.include_bot:readonly', 'im:message.group_msg']],
  ['im:message.reactions:write_only', 'recommended', { en: 'Add and remove reactions', zh: '发送、删除消息表情回复' }, { en: 'The typing mark on a message', zh: '在消息上显示“正在输入”表情' }, ['im:message']],
  ['contact:user.base:readonly', 'recommended', { en: 'Read basic user information', zh: '获取用户基本信息' }, { en: 'Names of senders', zh: '发送者姓名' }, []],
  ['im:message.reactions:read', 'recommended', { en: 'Read reactions', zh: '查看消息表情回复' }, { en: 'The agent learns of reactions', zh: '智能体获知表情回复' }, ['im:message:readonly'], 'reactions'],
  ['contact:contact.base:readonly', 'recommended', { en: 'Read basic contact information', zh: '获取通讯录基本信息' }, { en: 'Looking senders up', zh: '查询发送者' }, ['contact:contact:access_as_app', 'contact:contact:readonly', 'contact:contact:readonly_as_app']],
  ['application:application:self_manage', 'recommended', { en: 'Manage the app’s own resources', zh: '管理应用自身资源' }, { en: 'Checking events and versions', zh: '检查事件订阅和版本' }, []],
  ['im:message:readonly', 'recommended', { en: 'Read messages in private and group chats', zh: '获取单聊、群组消息' }, { en: 'Quoted messages and attachments', zh: '引用的消息和附件' }, ['im:message', 'im:message.history:readonly']],
  ['im:chat.members:bot_access', 'recommended', { en: 'Events of the bot joining and leaving groups', zh: '订阅机器人进、出群事件' }, { en: 'Welcome in a new group', zh: '进群欢迎语' }, ['im:chat', 'im:chat:readonly'], 'welcome'],
  ['im:resource', 'recommended', { en: 'Read and upload images and files', zh: '获取与上传图片或文件资源' }, { en: 'Sending images and files', zh: '发送图片和文件' }, ['im:resource:upload']],
  ['cardkit:card:write', 'recommended', { en: 'Create and update cards', zh: '创建与更新卡片' }, { en: 'Answers that appear while they are written', zh: '流式输出回答' }, [], 'cards'],
  ['im:message:update', 'optional', { en: 'Update messages', zh: '更新消息' }, { en: 'Editing answers', zh: '编辑已发送的回答' }, ['im:message', 'im:message:send_as_bot', 'im:message:send']],
  ['im:message:recall', 'optional', { en: 'Recall messages', zh: '撤回消息' }, { en: 'Withdrawing messages', zh: '撤回消息' }, []],
  ['im:message:send_sys_msg', 'optional', { en: 'Send system messages', zh: '发送系统消息' }, { en: 'A line where a new session begins', zh: '在新会话处显示分隔线' }, []],
  ['im:message.pins:write_only', 'optional', { en: 'Add and remove Pins', zh: '添加、取消 Pin 消息' }, { en: 'The agent pins messages', zh: '智能体 Pin 消息' }, ['im:message', 'im:message:send_as_bot']],
  ['im:message.pins:read', 'optional', { en: 'Read Pins', zh: '获取 Pin 消息' }, { en: 'The agent lists pinned messages', zh: '智能体查看 Pin 消息' }, ['im:message', 'im:message:readonly']],
  ['im:chat.members:read', 'optional', { en: 'Read group members', zh: '查看群成员' }, { en: 'The agent lists the members of a group', zh: '智能体查看群成员' }, ['im:chat', 'im:chat:readonly']],
  ['im:message.group_msg', 'optional', { en: 'Read all group messages (sensitive)', zh: '获取群组中所有消息（敏感权限）' }, { en: 'Groups without a mention', zh: '群聊中无需 @ 也能回答' }, ['im:message.group_msg:readonly'], 'sensitive'],
  ['im:message.group_at_msg.include_bot:readonly', 'recommended', { en: 'Read group messages of people and bots that mention the bot', zh: '获取群组中其他机器人和用户@当前机器人的消息' }, { en: 'Mentions by other bots', zh: '接收其他机器人的 @' }, [], 'bots'],
  ['im:chat.access_event.bot_p2p_chat:read', 'optional', { en: 'Event of a person opening the bot’s chat', zh: '订阅用户进入机器人单聊事件' }, { en: 'Greeting on first open', zh: '首次打开单聊时问候' }, []],
  ['application:application.app_version:readonly', 'optional', { en: 'Read app versions', zh: '获取应用版本信息' }, { en: 'Checking versions only', zh: '仅检查版本' }, ['application:application:self_manage']],
  ['application:application:patch', 'optional', { en: 'Change the app’s own configuration', zh: '更新应用自身配置' }, { en: 'Autopilot: the app sets itself up and publishes itself', zh: '自动配置：应用自行完成设置和发布' }, [], 'sensitive'],
  ['application:bot.menu:write', 'recommended', { en: 'Create, update and delete the bot menu', zh: '创建、更新、删除机器人菜单' }, { en: 'The bot’s menu', zh: '机器人菜单' }, [], 'menus'],
  ['application:app_slash_command:write', 'recommended', { en: 'Write the bot’s slash commands', zh: '管理机器人斜杠命令' }, { en: 'The bot’s /commands', zh: '机器人斜杠命令' }, [], 'menus'],
];

export const manifestScopes: readonly ManifestScope[] = rows.map(
  ([scope, need, name, feature, others, mark]) => ({
    scope,
    name,
    need,
    feature,
    satisfiedBy: [scope, ...others],
    ...(mark === 'sensitive' ? { sensitive: true } : mark && { choice: mark }),
  }),
);
