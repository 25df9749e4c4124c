/** Our words for a key in the words of another plugin, where it has any. Pure. */
import type { ConfigEdit } from '../../edit.ts';
import type { JsonValue } from '../../json5/json5.ts';
import { accepts, rowOf } from '../keys/key-values.ts';
import type { Peer } from '../keys/peer.ts';

type Said = readonly [key: string, value: JsonValue];

const words: Readonly<Record<string, (value: unknown) => readonly Said[]>> = {
  typingReaction: (value) => [['typingIndicator', value === true]],
  replyInThread: (value) => [['replyInThread', value === true ? 'enabled' : 'disabled']],
  renderMode: (value) => (value === 'text' ? [['renderMode', 'raw']] : []),
  stickers: (value) => [['sticker', value === true]],
  streaming: (value) => {
    if (value === 'off')
      return [
        ['streaming', { mode: 'off' }],
        ['streaming', false],
      ];
    if (value === 'block') return [['streaming', { mode: 'off', block: { enabled: true } }]];
    return [
      ['streaming', { mode: 'partial' }],
      ['streaming', true],
    ];
  },
};

/** The key and value that the plugin takes for one of ours; none where it has no counterpart. */
export function peerForm(
  path: readonly string[],
  value: unknown,
  plugin: Peer,
): readonly ConfigEdit[] {
  const own = rowOf(path);
  // A text alone is a list of one here.
  if (typeof value === 'string' && own && accepts(own, plugin, [value])) {
    return [{ path, value: [value] }];
  }
  const key = path.at(-1) ?? '';
  const said = Object.hasOwn(words, key) ? (words[key]?.(value) ?? []) : [];
  for (const [name, other] of said) {
    const place = [...path.slice(0, -1), name];
    const row = rowOf(place);
    if (row && accepts(row, plugin, other)) return [{ path: place, value: other }];
  }
  return [];
}
