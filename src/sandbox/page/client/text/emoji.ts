/** Signs for the names of Feishu's emoji, as near as Unicode has them. */

const signs: ReadonlyMap<string, string> = new Map(
  Object.entries({
    OK: '👌',
    THUMBSUP: '👍',
    THANKS: '🙏',
    MUSCLE: '💪',
    APPLAUSE: '👏',
    CLAP: '👏',
    DONE: '✅',
    CheckMark: '✅',
    CrossMark: '❌',
    SMILE: '😊',
    LAUGH: '😄',
    LOVE: '😍',
    THINKING: '🤔',
    CRY: '😢',
    SOB: '😭',
    ERROR: '🚫',
    WOW: '😮',
    SWEAT: '😓',
    WAVE: '👋',
    HEART: '❤️',
    PARTY: '🎉',
    ThumbsDown: '👎',
    Typing: '⌨️',
    OnIt: '🫡',
    OneSecond: '⏳',
    GLANCE: '👀',
    Get: '📥',
    LGTM: '🆗',
    Hundred: '💯',
    Fire: '🔥',
    Yes: '🙆',
    No: '🙅',
    Pin: '📌',
    Alarm: '⏰',
    SALUTE: '🫡',
    Coffee: '☕',
  }),
);

/** The names that the page offers for reactions. */
export const offeredEmoji = [
  'THUMBSUP',
  'HEART',
  'DONE',
  'THINKING',
  'PARTY',
  'CrossMark',
] as const;

/** Its sign, or its name in brackets. */
export const emojiSign = (name: string): string => signs.get(name) ?? `[${name}]`;

export const hasSign = (name: string): boolean => signs.has(name);
