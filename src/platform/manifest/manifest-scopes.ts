/**
 * The scopes (as the app, token type tenant) by feature. Source: docs/platform/permissions.md.
 *
 * `satisfiedBy` are the platform's any-of rules: compare sets, never names.
 */
import type { Text } from '../../shared/text.ts';

/** required: nothing works without · recommended: a feature lacks · optional: only if asked for. */
export type ManifestNeed = 'required' | 'recommended' | 'optional';

export interface ManifestScope {
  readonly scope: string;
  /** The scope's name in the Chinese console; in English the scope itself where none is known. */
  readonly name: Text;
  readonly need: ManifestNeed;
  /** What it is for, in our words. */
  readonly feature: Text;
  /** Any one of these is enough; holds the scope itself. */
  readonly satisfiedBy: readonly string[];
  /** Whether admins look twice at it. */
  readonly sensitive?: boolean;
}

export const manifestScopes: readonly ManifestScope[] = [
  {
    scope: 'im:message',
    name: {
      en: 'Read and send messages in private and group chats',
      zh: '获取与发送单聊、群组消息',
    },
    need: 'required',
    feature: { en: 'Messages: send, reply, edit, read', zh: '消息：发送、回复、编辑、读取' },
    // Sending is what nothing works without; reading and reactions have rows of their own.
    satisfiedBy: ['im:message', 'im:message:send_as_bot', 'im:message:send'],
  },
  {
    scope: 'im:message:send_as_bot',
    name: { en: 'Send messages as an app', zh: '以应用的身份发消息' },
    need: 'required',
    feature: { en: 'Answers', zh: '回答用户' },
    satisfiedBy: ['im:message:send_as_bot', 'im:message', 'im:message:send'],
  },
  {
    scope: 'im:chat:readonly',
    name: { en: 'Read group information', zh: '获取群组信息' },
    need: 'required',
    feature: { en: 'Names of groups', zh: '群名称' },
    satisfiedBy: ['im:chat:readonly', 'im:chat', 'im:chat:read'],
  },
  {
    scope: 'im:message.p2p_msg:readonly',
    name: { en: 'Read private messages sent to the bot', zh: '读取用户发给机器人的单聊消息' },
    need: 'required',
    feature: { en: 'Receiving private messages', zh: '接收单聊消息' },
    satisfiedBy: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
  },
  {
    scope: 'im:message.group_at_msg:readonly',
    name: { en: 'Receive group messages that mention the bot', zh: '接收群聊中@机器人消息事件' },
    need: 'required',
    feature: { en: 'Receiving mentions in groups', zh: '接收群聊中 @机器人 的消息' },
    satisfiedBy: [
      'im:message.group_at_msg:readonly',
      'im:message.group_at_msg',
      'im:message.group_at_msg.include_bot:readonly',
      'im:message.group_msg',
    ],
  },
  {
    scope: 'im:resource',
    name: { en: 'Read and upload images and files', zh: '获取与上传图片或文件资源' },
    need: 'recommended',
    feature: { en: 'Sending images and files', zh: '发送图片和文件' },
    satisfiedBy: ['im:resource', 'im:resource:upload'],
  },
  {
    scope: 'im:message.reactions:write_only',
    name: { en: 'Add and remove reactions', zh: '发送、删除消息表情回复' },
    need: 'recommended',
    feature: { en: 'The typing mark on a message', zh: '在消息上显示“正在输入”表情' },
    satisfiedBy: ['im:message.reactions:write_only', 'im:message'],
  },
  {
    scope: 'cardkit:card:write',
    name: { en: 'Create and update cards', zh: '创建与更新卡片' },
    need: 'recommended',
    feature: { en: 'Answers that appear while they are written', zh: '流式输出回答' },
    satisfiedBy: ['cardkit:card:write'],
  },
  {
    scope: 'contact:user.base:readonly',
    name: { en: 'Read basic user information', zh: '获取用户基本信息' },
    need: 'recommended',
    feature: { en: 'Names of senders', zh: '发送者姓名' },
    // A field scope: a scope for the call does not include it.
    satisfiedBy: ['contact:user.base:readonly'],
  },
  {
    scope: 'contact:contact.base:readonly',
    name: { en: 'Read basic contact information', zh: '获取通讯录基本信息' },
    need: 'recommended',
    feature: { en: 'Looking senders up', zh: '查询发送者' },
    satisfiedBy: [
      'contact:contact.base:readonly',
      'contact:contact:access_as_app',
      'contact:contact:readonly',
      'contact:contact:readonly_as_app',
    ],
  },
  {
    scope: 'application:application:self_manage',
    name: { en: 'Manage the app’s own resources', zh: '管理应用自身资源' },
    need: 'recommended',
    feature: { en: 'Checking events and versions', zh: '检查事件订阅和版本' },
    satisfiedBy: ['application:application:self_manage'],
  },
  {
    scope: 'im:message:readonly',
    name: { en: 'Read messages in private and group chats', zh: '获取单聊、群组消息' },
    need: 'recommended',
    feature: { en: 'Quoted messages and attachments', zh: '引用的消息和附件' },
    satisfiedBy: ['im:message:readonly', 'im:message', 'im:message.history:readonly'],
  },
  {
    scope: 'im:message:update',
    name: { en: 'Update messages', zh: '更新消息' },
    need: 'optional',
    feature: { en: 'Editing answers', zh: '编辑已发送的回答' },
    satisfiedBy: ['im:message:update', 'im:message', 'im:message:send_as_bot', 'im:message:send'],
  },
  {
    scope: 'im:message:recall',
    name: { en: 'Recall messages', zh: '撤回消息' },
    need: 'optional',
    feature: { en: 'Withdrawing messages', zh: '撤回消息' },
    satisfiedBy: ['im:message:recall'],
  },
  {
    scope: 'im:message.group_msg',
    name: { en: 'Read all group messages (sensitive)', zh: '获取群组中所有消息（敏感权限）' },
    need: 'optional',
    feature: { en: 'Groups without a mention', zh: '群聊中无需 @ 也能回答' },
    satisfiedBy: ['im:message.group_msg', 'im:message.group_msg:readonly'],
    sensitive: true,
  },
  {
    scope: 'im:message.group_at_msg.include_bot:readonly',
    name: {
      en: 'Read group messages of people and bots that mention the bot',
      zh: '获取群组中其他机器人和用户@当前机器人的消息',
    },
    need: 'optional',
    feature: { en: 'Mentions by other bots', zh: '接收其他机器人的 @' },
    satisfiedBy: ['im:message.group_at_msg.include_bot:readonly'],
  },
  {
    scope: 'im:message.reactions:read',
    name: { en: 'Read reactions', zh: '查看消息表情回复' },
    need: 'optional',
    feature: { en: 'Reading reactions', zh: '读取表情回复' },
    satisfiedBy: ['im:message.reactions:read'],
  },
  {
    scope: 'im:chat.members:bot_access',
    name: { en: 'Events of the bot joining and leaving groups', zh: '订阅机器人进、出群事件' },
    need: 'optional',
    feature: { en: 'Welcome in a new group', zh: '进群欢迎语' },
    satisfiedBy: ['im:chat.members:bot_access'],
  },
  {
    scope: 'im:chat.access_event.bot_p2p_chat:read',
    name: { en: 'Event of a person opening the bot’s chat', zh: '订阅用户进入机器人单聊事件' },
    need: 'optional',
    feature: { en: 'Greeting on first open', zh: '首次打开单聊时问候' },
    satisfiedBy: ['im:chat.access_event.bot_p2p_chat:read'],
  },
  {
    scope: 'application:application.app_version:readonly',
    name: { en: 'Read app versions', zh: '获取应用版本信息' },
    need: 'optional',
    feature: { en: 'Checking versions only', zh: '仅检查版本' },
    satisfiedBy: [
      'application:application.app_version:readonly',
      'application:application:self_manage',
    ],
  },
  {
    scope: 'application:application:patch',
    name: { en: 'Change the app’s own configuration', zh: '更新应用自身配置' },
    need: 'optional',
    feature: {
      en: 'Autopilot: the app sets itself up and publishes itself',
      zh: '自动配置：应用自行完成设置和发布',
    },
    satisfiedBy: ['application:application:patch'],
    sensitive: true,
  },
  {
    scope: 'application:bot.menu:write',
    name: { en: 'Create, update and delete the bot menu', zh: '创建、更新、删除机器人菜单' },
    need: 'optional',
    feature: { en: 'The bot’s menu', zh: '机器人菜单' },
    satisfiedBy: ['application:bot.menu:write'],
  },
  {
    scope: 'application:app_slash_command:write',
    name: { en: 'Write the bot’s slash commands', zh: '管理机器人斜杠命令' },
    need: 'optional',
    feature: { en: 'The bot’s /commands', zh: '机器人斜杠命令' },
    satisfiedBy: ['application:app_slash_command:write'],
  },
];
