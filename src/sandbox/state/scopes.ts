/**
 * Which scopes a call needs, and which one is enough (docs/platform/permissions.md#which-one-is-enough).
 */
import { appManifest, neededEvents, neededScopes } from '../../platform/manifest/app-manifest.ts';

/** One of each list is enough. */
export const scopeRules = {
  send: ['im:message', 'im:message:send_as_bot', 'im:message:send'],
  edit: ['im:message', 'im:message:send_as_bot', 'im:message:send', 'im:message:update'],
  recall: ['im:message', 'im:message:send_as_bot', 'im:message:recall'],
  read: ['im:message', 'im:message:readonly', 'im:message.history:readonly'],
  writeCard: ['cardkit:card:write'],
  upload: ['im:resource', 'im:resource:upload'],
  react: ['im:message', 'im:message.reactions:write_only'],
  readReactions: ['im:message.reactions:read', 'im:message:readonly'],
  systemMessage: ['im:message:send_sys_msg'],
  readSlashCommands: ['application:app_slash_command:read', 'application:app_slash_command:write'],
  writeSlashCommands: ['application:app_slash_command:write'],
  pin: ['im:message', 'im:message:send_as_bot', 'im:message.pins:write_only'],
  readPins: ['im:message', 'im:message:readonly', 'im:message.pins:read'],
  members: ['im:chat', 'im:chat:readonly', 'im:chat.members:read'],
  recallEvent: ['im:message', 'im:message:readonly'],
  botMemberEvent: ['im:chat.members:bot_access', 'im:chat', 'im:chat:readonly'],
  menuOperatorName: ['application:application.bot.operator_name:readonly'],
  chat: ['im:chat', 'im:chat:read', 'im:chat:readonly'],
  user: [
    'contact:contact.base:readonly',
    'contact:contact:access_as_app',
    'contact:contact:readonly',
    'contact:contact:readonly_as_app',
  ],
  app: ['application:application:self_manage', 'admin:app.info:readonly'],
  appVersions: [
    'application:application:self_manage',
    'application:application.app_version:readonly',
  ],
  patchApp: ['application:application:patch'],
  p2pEvent: ['im:message.p2p_msg:readonly', 'im:message.p2p_msg'],
  mentionEvent: [
    'im:message.group_at_msg:readonly',
    'im:message.group_at_msg',
    'im:message.group_at_msg.include_bot:readonly',
    'im:message.group_msg',
    'im:message.group_msg:readonly',
  ],
  mentionByBotEvent: ['im:message.group_at_msg.include_bot:readonly'],
  groupEvent: ['im:message.group_msg', 'im:message.group_msg:readonly'],
} as const satisfies Record<string, readonly string[]>;

/** The scope that shows a user's name in the answer of contact/v3/users. */
export const userNameScope = 'contact:user.base:readonly';

export function hasAnyOf(granted: readonly string[], rule: readonly string[]): boolean {
  return rule.length === 0 || rule.some((scope) => granted.includes(scope));
}

/** The scopes of a complete app: all that the app manifest does not mark as optional. */
export const everydayScopes: readonly string[] = neededScopes();

/** The events of a complete app. */
export const everydayEvents: readonly string[] = neededEvents();

/** The scopes that a scanned app has at once (docs/platform/registration.md#what-the-new-app-has). */
export const scannedAppScopes: readonly string[] = [
  'contact:contact.base:readonly',
  'im:chat:read',
  'im:chat:update',
  'im:message.group_at_msg:readonly',
  'im:message.group_at_msg.include_bot:readonly',
  'im:message.p2p_msg:readonly',
  'im:message.reactions:read',
  'im:message.reactions:write_only',
  'im:message:readonly',
  'im:message:send_as_bot',
  'im:message:update',
  'im:resource',
  'im:chat.members:bot_access',
  'cardkit:card:read',
  'cardkit:card:write',
  'application:application:self_manage',
  'application:bot.basic_info:read',
  'application:bot.menu:write',
  'application:app_slash_command:read',
  'application:app_slash_command:write',
];

/** All scopes that this platform knows; others are refused, or dropped where a scan asks for them. */
export const knownScopes: ReadonlySet<string> = new Set([
  ...Object.values(scopeRules).flat(),
  ...appManifest.scopes.map(({ scope }) => scope),
  ...scannedAppScopes,
  'im:chat:create',
  'im:message:send_multi_users',
]);
