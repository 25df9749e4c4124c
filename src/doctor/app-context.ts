/** The inputs of the checks of an app: its client, and the callbacks for their findings. */
import type { BotInfo } from '../platform/client/answers.ts';
import type { PlatformClient } from '../platform/client/client.ts';
import type { ManifestChoices } from '../platform/manifest/manifest-choices.ts';

export interface AppCheckContext {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** The features that the config turns on; default: those of a config that names none. */
  readonly choices?: ManifestChoices | undefined;
  /** The section says that the app's events went to a webhook, and no fix has switched it since. */
  readonly saysWebhook?: boolean;
  /** Receives the bot's identity once the platform has reported it. */
  readonly onBot?: (bot: BotInfo) => void;
  /** Opens no second connection beside an active one: it would take events away from it. */
  readonly isGentle?: boolean;
  /** Receives how many clients were online before ours, where the platform reports it. */
  readonly onOnline?: (count: number) => void;
  /** A version that setup submitted, where the app may not read its versions. */
  readonly submitted?: { readonly version: string } | undefined;
  /** The same credentials at Lark instead of Feishu, or the other way round; not asked without. */
  readonly otherBrand?: (domain: 'feishu' | 'lark') => PlatformClient;
}
