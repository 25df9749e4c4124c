/** The other plugins that run the channel `feishu`, and the keys of whose configs are known here. */
import { type Fields, isFields } from '../../../shared/fields.ts';

/** Named as their users know them: by the package, or by the repository where npm has none. */
export const peers = [
  '@openclaw/feishu',
  '@larksuite/openclaw-lark',
  'm1heng/clawdbot-feishu',
  '@openclaw-china/feishu',
] as const;

export type Peer = (typeof peers)[number];

/** The value where it is an object; else an empty one. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The entries of a list that are texts, without blanks around them; a text alone is a list of one. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === 'string').map((item) => item.trim());
}
