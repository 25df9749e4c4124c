/** The section of another plugin, planned as one of ours: which plugin it is follows from what is installed. */
import { valueAt } from '../../../config/json5/json-update.ts';
import { type Peer, peers } from '../../../config/peers/keys/peer.ts';
import { type PeerPlan, planPeerSection } from '../../../config/peers/plan.ts';
import { TRANSLATED_FROM } from '../../../config/peers/written-for.ts';
import type { ConfigDocument } from '../../../config/read.ts';
import type { OtherPlugin } from './other-plugins.ts';

/** The names under which npm has plugins that are known by their repository. */
const npmNames: ReadonlyMap<string, Peer> = new Map([
  ['@m1heng-clawd/feishu', 'm1heng/clawdbot-feishu'],
]);

/** The plugin with this name, where its section is one that we understand. */
export function peerOf({ name }: Pick<OtherPlugin, 'name'>): Peer | undefined {
  return npmNames.get(name) ?? peers.find((peer) => peer === name);
}

/** The name under which a host installs a plugin from the registry. */
export function npmNameOf(plugin: Peer): string {
  const [name] = [...npmNames].find(([, peer]) => peer === plugin) ?? [];
  return name ?? plugin;
}

/** The plugin that a section was translated from; `undefined`: none, or it was not certain which. */
export function translatedFrom({ merged }: Pick<ConfigDocument, 'merged'>): Peer | undefined {
  const name = valueAt(merged, ['channels', 'feishu', TRANSLATED_FROM]);
  return peers.find((peer) => peer === name);
}

/** @param others the plugins that have the channel now; none: the keys say whose section it is */
export function planSection(
  { merged }: Pick<ConfigDocument, 'merged'>,
  others: readonly OtherPlugin[],
): PeerPlan {
  const section = valueAt(merged, ['channels', 'feishu']) ?? {};
  const [plugin] = others.flatMap((other) => peerOf(other) ?? []);
  return planPeerSection(section, plugin === undefined ? {} : { plugin });
}

/** Whether the section says that another plugin took an account's events by a webhook. */
export function usesWebhook(
  { merged }: Pick<ConfigDocument, 'merged'>,
  accountId: string,
): boolean {
  const section = ['channels', 'feishu'];
  const ofAccount = valueAt(merged, [...section, 'accounts', accountId, 'connectionMode']);
  return (ofAccount ?? valueAt(merged, [...section, 'connectionMode'])) === 'webhook';
}
