import type { Text } from './text/text.ts';

export const homeTexts = {
  relative: {
    en: 'HOME is "{home}", which is not an absolute path.',
    zh: 'HOME 的值为“{home}”，不是绝对路径。',
  },
  unknown: {
    en: 'This user has no home directory: HOME is empty, and the user database names none.',
    zh: '当前用户没有主目录：HOME 为空，用户数据库中也没有记录。',
  },
  advice: {
    en: 'set HOME to the absolute path of the home directory',
    zh: '请将 HOME 设为主目录的绝对路径',
  },
} as const satisfies Record<string, Text>;
