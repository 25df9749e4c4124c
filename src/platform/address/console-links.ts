/**
 * Deep links into the developer console and the client.
 *
 * Sources: docs/platform/console.md#pages. The paths are the
 * same on open.feishu.cn and open.larksuite.com, and are assumed for a private deployment.
 */
import { gzipSync } from 'node:zlib';
import type { PlatformEndpoints } from './endpoints.ts';

export interface ConsoleLinks {
  /** All apps of the person. */
  readonly home: string;
  /** One app. */
  readonly app: string;
  /** 凭证与基础信息 · Credentials & Basic Info. */
  readonly baseinfo: string;
  /** 添加应用能力 · Add features. */
  readonly capability: string;
  /** 机器人 · Bot; exists once the capability is added. */
  readonly bot: string;
  /** 权限管理 · Permissions & Scopes; with scopes preselected when given (20 and more: not). */
  auth(scopes?: readonly string[]): string;
  /** 事件配置 · Event configuration. */
  readonly events: string;
  /** 回调配置 · Callback configuration. */
  readonly callbacks: string;
  /** 加密策略 · Encryption strategy. */
  readonly encryption: string;
  /** 安全设置 · Security settings: the IP allow-list. The path is unverified. */
  readonly security: string;
  /** 版本管理与发布 · Version Management & Release. */
  readonly versions: string;
  readonly createVersion: string;
  version(versionId: string): string;
  /** Where the tenant's admin reviews apps. */
  readonly admin: string;
  /** Opens the chat with the bot in the client. Unverified. */
  readonly openBot: string;
  /** A page that shows what would be added to this app, for its owner to confirm. */
  addToApp(addons: unknown): string;
  /** A page that asks for one scope. */
  applyScope(scope: string): string;
}

/** The official plugin drops the preselection from here on (@larksuite/openclaw-lark@2026.7.16). */
const MAX_PRESELECTED_SCOPES = 20;

const adminPages = {
  feishu: 'https://feishu.cn/admin',
  lark: 'https://www.larksuite.com/admin',
} as const;

export function consoleLinks(endpoints: PlatformEndpoints, appId: string): ConsoleLinks {
  const id = encodeURIComponent(appId);
  const { console: host, brand } = endpoints;
  const app = `${host}/app/${id}`;
  return {
    home: `${host}/app`,
    app,
    baseinfo: `${app}/baseinfo`,
    capability: `${app}/capability`,
    bot: `${app}/bot`,
    auth: (scopes = []) => {
      if (scopes.length === 0 || scopes.length >= MAX_PRESELECTED_SCOPES) return `${app}/auth`;
      const list = scopes.map((scope) => encodeURIComponent(scope)).join(',');
      // Colons are legal in a query, and the platform's own links leave them readable.
      const readable = list.replaceAll('%3A', ':');
      return `${app}/auth?q=${readable}&op_from=moltbot-feishu&token_type=tenant`;
    },
    events: `${app}/event?tab=event`,
    callbacks: `${app}/event?tab=callback`,
    encryption: `${app}/event?tab=safe`,
    security: `${app}/safe`,
    versions: `${app}/version`,
    createVersion: `${app}/version/create`,
    version: (versionId) => `${app}/version/${encodeURIComponent(versionId)}`,
    admin: brand === 'custom' ? `${host}/admin` : adminPages[brand],
    openBot: `${endpoints.applink}/client/bot/open?appId=${id}`,
    addToApp: (addons) => `${host}/page/launcher?clientID=${id}&addons=${encodeAddons(addons)}`,
    applyScope: (scope) =>
      `${host}/page/scope-apply?clientID=${id}&scopes=${encodeURIComponent(scope)}`,
  };
}

/** JSON, gzip, base64url without padding: what the launcher page reads (node-sdk@1.74.0). */
export function encodeAddons(addons: unknown): string {
  return gzipSync(JSON.stringify(addons)).toString('base64url');
}
