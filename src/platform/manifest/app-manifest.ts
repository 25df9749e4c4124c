/**
 * What the app must have: capability, events, callbacks and scopes by feature, as one declaration.
 *
 * The setup, the checks and the sandbox all read this declaration. Source: docs/platform/console.md#traps
 * (events, callbacks) and 2 (scopes, any-of rules).
 */
import type { Text } from '../../shared/text.ts';
import { type ManifestNeed, type ManifestScope, manifestScopes } from './manifest-scopes.ts';

export interface AppManifest {
  readonly capability: 'bot';
  /** How events and callbacks come: by long connection, without a public address. */
  readonly subscription: 'websocket';
  readonly scopes: readonly ManifestScope[];
  /** Nothing arrives without these. */
  readonly events: readonly [string, ...string[]];
  readonly optionalEvents: readonly string[];
  /** In the console a list of its own, with a mode of its own. */
  readonly callbacks: readonly [string, ...string[]];
  /** What the console calls an event or callback. */
  readonly labels: Readonly<Record<string, Text>>;
}

export const appManifest: AppManifest = {
  capability: 'bot',
  subscription: 'websocket',
  scopes: manifestScopes,
  events: ['im.message.receive_v1'],
  optionalEvents: ['im.chat.member.bot.added_v1', 'im.chat.member.bot.deleted_v1'],
  callbacks: ['card.action.trigger'],
  labels: {
    'im.message.receive_v1': { en: 'Receive message (v2.0)', zh: '接收消息 v2.0' },
    'im.chat.member.bot.added_v1': { en: 'Bot added to a group', zh: '机器人进群' },
    'im.chat.member.bot.deleted_v1': { en: 'Bot removed from a group', zh: '机器人被移出群' },
    'card.action.trigger': { en: 'Card interaction', zh: '卡片回传交互' },
  },
};

/**
 * The scopes of the manifest that are not granted, any-of rules applied.
 *
 * @param granted scope → granted now; a scope that is absent was never asked for
 */
export function missingScopes(
  granted: ReadonlyMap<string, boolean>,
  needs: readonly ManifestNeed[] = ['required'],
): readonly ManifestScope[] {
  return appManifest.scopes.filter(
    ({ need, satisfiedBy }) =>
      needs.includes(need) && !satisfiedBy.some((scope) => granted.get(scope) === true),
  );
}

/**
 * The JSON to paste into the console's 批量导入/导出权限 · Batch import/export scopes (docs/platform/console.md#batch-import).
 *
 * Whether the dialog takes away what is left out is not known: so what is granted goes in too.
 */
export function batchImportJson(options: {
  readonly needs: readonly ManifestNeed[];
  readonly granted?: ReadonlyMap<string, boolean>;
}): string {
  const kept = [...(options.granted ?? [])].filter(([, isGranted]) => isGranted);
  const wanted = appManifest.scopes.filter(({ need }) => options.needs.includes(need));
  const tenant = new Set([...kept.map(([name]) => name), ...wanted.map(({ scope }) => scope)]);
  return JSON.stringify({ scopes: { tenant: [...tenant], user: [] } });
}
