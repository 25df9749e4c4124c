/** What a page of the console shows of an app, and what its buttons do (docs/platform/console.md#pages). */
import { appManifest } from '../../platform/manifest/app-manifest.ts';
import { makeVersion, reviewVersion } from '../api/app/application-v7.ts';
import { type AppVersion, botIsOn, type SandboxApp } from '../state/app-state.ts';
import { everydayEvents } from '../state/scopes.ts';
import { importScopes } from './import-scopes.ts';
import type { Page, PostedForm } from './page.ts';

export interface ConsoleView {
  readonly app: SandboxApp;
  /** The last part of the path; empty for the app itself. */
  readonly page: string;
  readonly tab: string;
  /** Open connections of the app. */
  readonly connections: number;
}

type Content = Omit<Page, 'status'>;

const waiting = '（待发布 · waits for a version）';

/** `undefined` for a page that the console does not have. */
export function consolePage({ app, page, tab, connections }: ConsoleView): Content | undefined {
  const { state, draft } = app;
  const hasBot = draft.bot ?? state.bot;
  switch (page) {
    case 'capability':
    case 'bot':
      return {
        title: '机器人 · Bot',
        lines: [botIsOn(app) ? '已启用 · On' : hasBot ? `已添加${waiting}` : '未启用 · Off'],
        buttons: hasBot ? [] : [{ value: 'bot', label: '启用机器人 · Add the bot' }],
      };
    case 'auth':
      return {
        title: '权限管理 · Permissions & Scopes',
        lines: [
          ...state.scopes,
          ...[...state.pendingScopes, ...draft.scopes].map(
            (scope) => `${scope}（待发布或审核 · waits for a version or the administrator）`,
          ),
        ],
        field: { label: '批量导入权限（JSON）· Batch import scopes (JSON)' },
        buttons: [{ value: 'import', label: '确认新增权限 · Add' }],
      };
    case 'event':
      if (tab === 'safe') {
        return {
          title: '加密策略 · Encryption strategy',
          lines: ['长连接不需要 · The long connection needs none'],
        };
      }
      return subscriptionPage(app, tab === 'callback' ? 'callback' : 'event', connections);
    case 'version': {
      const waits = app.versions.some(({ status }) => status === 3);
      return {
        title: '版本管理与发布 · Version Management & Release',
        lines:
          app.versions.length === 0 ? ['暂无版本 · No version'] : app.versions.map(versionLine),
        buttons: waits
          ? [{ value: 'approve', label: '管理员通过 · Approve as the administrator' }]
          : [{ value: 'publish', label: '创建版本并发布 · Create and publish a version' }],
      };
    }
    case 'safe':
      return {
        title: '安全设置 · Security settings',
        lines: [`IP 白名单 · IP allow-list: ${state.ipAllowList.join(', ') || '未设置 · none'}`],
      };
    case '':
    case 'baseinfo':
      return {
        title: '凭证与基础信息 · Credentials & Basic Info',
        lines: [
          state.name,
          `App ID: ${app.appId}`,
          'App Secret: 见 moltbot-feishu sandbox 的输出 · in the output of moltbot-feishu sandbox',
          state.status === 'enabled' ? '已启用 · Enabled' : '已停用 · Disabled',
        ],
      };
    default:
      return undefined;
  }
}

type Tab = 'event' | 'callback';

/** What the tabs of the page of events and callbacks are about. */
const tabs = {
  event: {
    title: '事件配置 · Event configuration',
    wanted: everydayEvents,
    list: 'events',
    mode: 'eventMode',
  },
  callback: {
    title: '回调配置 · Callback configuration',
    wanted: appManifest.callbacks,
    list: 'callbacks',
    mode: 'callbackMode',
  },
} as const satisfies Record<Tab, unknown>;

function subscriptionPage({ state, draft }: SandboxApp, tab: Tab, connections: number): Content {
  const { title, wanted, list, mode } = tabs[tab];
  const names = draft[list] ?? state[list];
  const isLong = (draft[mode] ?? state[mode]) === 'websocket';
  const shown = isLong ? '长连接 · long connection' : 'Webhook';
  return {
    title,
    lines: [
      `订阅方式 · Mode: ${shown}${draft[mode] && draft[mode] !== state[mode] ? waiting : ''}`,
      `在线连接 · Connections: ${connections}`,
      ...(names.length === 0 ? ['未订阅 · Nothing is subscribed'] : names).map((name) =>
        names.includes(name) && !state[list].includes(name) ? `${name}${waiting}` : name,
      ),
    ],
    buttons: [
      ...(isLong ? [] : [{ value: `${tab}-mode`, label: '使用长连接 · Use the long connection' }]),
      ...wanted
        .filter((name) => !names.includes(name))
        .map((name) => ({ value: `${tab}-add ${name}`, label: `添加 · Add ${name}` })),
    ],
  };
}

const statusTexts = {
  1: '已发布 · online',
  2: '审核不通过 · rejected',
  3: '审核中 · in review',
  4: '未提交 · not submitted',
} as const;

function versionLine({ version, status }: AppVersion): string {
  return `${version}: ${statusTexts[status]}`;
}

/**
 * Does what a button says. As in the console, a change waits for a version, and long-connection mode is
 * saved only while a connection is open.
 *
 * @returns why nothing was done; `undefined` where it was
 */
export function pressOnConsole(
  { decision = '', text }: PostedForm,
  { app, connections }: ConsoleView,
  now: number,
): string | undefined {
  const [verb, name = ''] = decision.split(' ');
  switch (verb) {
    case 'bot':
      app.draft.bot = true;
      return undefined;
    case 'import':
      return importScopes(app, text);
    case 'event-mode':
      return saveLongConnection(app, 'event', connections);
    case 'callback-mode':
      return saveLongConnection(app, 'callback', connections);
    case 'event-add':
      return subscribe(app, 'event', name);
    case 'callback-add':
      return subscribe(app, 'callback', name);
    case 'publish':
      makeVersion(app, true, now);
      return undefined;
    case 'approve':
      reviewVersion(app, true, now);
      return undefined;
    default:
      return noButton;
  }
}

const noButton = '没有此操作 · There is no such button';

function saveLongConnection(app: SandboxApp, tab: Tab, connections: number): string | undefined {
  if (connections === 0) return '应用未建立长连接 · The app has no long connection';
  app.draft[tabs[tab].mode] = 'websocket';
  return undefined;
}

function subscribe({ state, draft }: SandboxApp, tab: Tab, name: string): string | undefined {
  const { list, wanted } = tabs[tab];
  if (!wanted.includes(name)) return noButton;
  draft[list] = [...new Set([...(draft[list] ?? state[list]), name])];
  return undefined;
}
