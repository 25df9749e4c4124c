/** The reactions that an agent may use, and the names under which models know them. Pure. */

/** Offered to the agent; the platform has some 180 (open.feishu.cn, im-v1/message-reaction/emojis-introduce). */
export const knownEmoji = [
  ...['THUMBSUP', 'OK', 'DONE', 'CheckMark', 'LGTM', 'Yes', 'THANKS', 'SALUTE', 'APPLAUSE', 'CLAP'],
  ...['HEART', 'LOVE', 'SMILE', 'LAUGH', 'JOYFUL', 'PARTY', 'Fire', 'Hundred', 'MUSCLE', 'Get'],
  ...[
    'OnIt',
    'OneSecond',
    'Typing',
    'THINKING',
    'GLANCE',
    'WHAT',
    'WOW',
    'SHOCKED',
    'SWEAT',
    'CRY',
  ],
  ...[
    'ThumbsDown',
    'No',
    'CrossMark',
    'ERROR',
    'Alarm',
    'Pin',
    'MinusOne',
    'ROSE',
    'Coffee',
    'BOMB',
  ],
] as const;

const characters: Readonly<Record<string, string>> = {
  '👍': 'THUMBSUP',
  '👎': 'ThumbsDown',
  '✅': 'CheckMark',
  '☑': 'CheckMark',
  '✔': 'CheckMark',
  '❌': 'CrossMark',
  '✖': 'CrossMark',
  '❤': 'HEART',
  '💗': 'HEART',
  '😍': 'LOVE',
  '🥰': 'LOVE',
  '🙏': 'THANKS',
  '👌': 'OK',
  '🆗': 'OK',
  '👏': 'APPLAUSE',
  '💪': 'MUSCLE',
  '🎉': 'PARTY',
  '🥳': 'PARTY',
  '🔥': 'Fire',
  '💯': 'Hundred',
  '😀': 'SMILE',
  '🙂': 'SMILE',
  '😊': 'SMILE',
  '😄': 'LAUGH',
  '😂': 'LAUGH',
  '🤣': 'LOL',
  '😢': 'CRY',
  '😭': 'SOB',
  '😅': 'SWEAT',
  '😮': 'WOW',
  '😱': 'SHOCKED',
  '🤔': 'THINKING',
  '👀': 'GLANCE',
  '⏰': 'Alarm',
  '📌': 'Pin',
  '☕': 'Coffee',
  '🌹': 'ROSE',
  '💣': 'BOMB',
  '⏳': 'OneSecond',
  '🫡': 'SALUTE',
};

const words: Readonly<Record<string, string>> = {
  '+1': 'THUMBSUP',
  '-1': 'ThumbsDown',
  thumbs_up: 'THUMBSUP',
  like: 'THUMBSUP',
  thumbs_down: 'ThumbsDown',
  white_check_mark: 'CheckMark',
  heavy_check_mark: 'CheckMark',
  check: 'CheckMark',
  x: 'CrossMark',
  cross: 'CrossMark',
  pray: 'THANKS',
  ok_hand: 'OK',
  tada: 'PARTY',
  eyes: 'GLANCE',
  red_heart: 'HEART',
  hourglass: 'OneSecond',
  100: 'Hundred',
};

const byLowerCase = new Map(knownEmoji.map((name) => [name.toLowerCase(), name]));

/** A name of another writing, or a character, as the platform names it; `undefined` for none. */
export function emojiType(emoji: string): string | undefined {
  const named = emoji.trim().replace(/^:(.{1,50}):$/, '$1');
  const bare = named.replace(/[\uFE0E\uFE0F]|\p{Emoji_Modifier}/gu, '');
  const word = named.toLowerCase();
  if (Object.hasOwn(characters, bare)) return characters[bare];
  if (Object.hasOwn(words, word)) return words[word];
  const known = byLowerCase.get(word.replace(/[\s_-]/g, ''));
  if (known) return known;
  // One of the others, whose letters count as they are.
  return /^(?=.*[A-Za-z])[A-Za-z0-9_]{2,40}$/.test(named) && /[A-Z]/.test(named)
    ? named
    : undefined;
}
