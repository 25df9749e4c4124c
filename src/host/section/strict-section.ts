/** `channels.feishu` in a host's config, read strictly: for what decides who is answered. */
import { checkSection } from '../../config/check.ts';
import type { JsonValue } from '../../config/json5/json5.ts';
import type { FeishuSection } from '../../config/rules/schema.ts';
import type { HostConfig } from '../host-config.ts';
import { channelDefaults, rawSection } from './section.ts';

/**
 * @param path of the config's file, for what an error says
 * @throws MoltbotFeishuError `config-invalid`
 */
export function strictSection(cfg: HostConfig, path: string): FeishuSection {
  const defaults = channelDefaults(cfg);
  return checkSection(rawSection(cfg) as JsonValue, path, { defaults });
}
