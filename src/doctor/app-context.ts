/** What the checks of an app need: its client, and who is informed of what they find. */
import type { BotInfo } from '../platform/client/answers.ts';
import type { PlatformClient } from '../platform/client/client.ts';

export interface AppCheckContext {
  readonly client: PlatformClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Told who the bot is, once the platform has said so. */
  readonly onBot?: (bot: BotInfo) => void;
  /** No line is opened beside one that is up: for as long as it is open, it takes events away. */
  readonly isGentle?: boolean;
  /** Told how many clients were online before ours, where the platform says so. */
  readonly onOnline?: (count: number) => void;
  /** A version that setup submitted, where the app may not read its versions. */
  readonly submitted?: { readonly version: string } | undefined;
  /** The same credentials at Lark instead of Feishu, or the other way round; not asked without. */
  readonly otherBrand?: (domain: 'feishu' | 'lark') => PlatformClient;
}
