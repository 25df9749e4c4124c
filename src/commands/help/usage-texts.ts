import type { Text } from '../../shared/text/text.ts';

/** Texts for usage errors, and translations of commander's own words in `--help`. */
export const usageTexts = {
  noCommand: { en: 'The command is missing.', zh: '缺少命令。' },
  unknownCommand: { en: 'There is no command "{name}".', zh: '没有命令“{name}”。' },
  unknownCommandNear: {
    en: 'There is no command "{name}"; did you mean {near}?',
    zh: '没有命令“{name}”；是否想用 {near}？',
  },
  unknownFlag: { en: 'There is no flag {name}.', zh: '没有选项 {name}。' },
  unknownFlagNear: {
    en: 'There is no flag {name}; did you mean {near}?',
    zh: '没有选项 {name}；是否想用 {near}？',
  },
  missingArgument: { en: 'The argument <{name}> is missing.', zh: '缺少参数 <{name}>。' },
  missingValue: { en: '{flag} needs a value.', zh: '{flag} 缺少值。' },
  badChoice: {
    en: '{flag} is "{found}"; it takes {allowed}.',
    zh: '{flag} 的值为“{found}”；可选值：{allowed}。',
  },
  conflict: { en: '{one} cannot be used with {other}.', zh: '{one} 不能与 {other} 同用。' },
  tooMany: {
    en: 'There are more arguments than this command takes.',
    zh: '参数过多。',
  },
  other: { en: '{problem}', zh: '命令行有误：{problem}' },
  advice: { en: 'see: {command} --help', zh: '请查看：{command} --help' },

  usage: { en: 'Usage:', zh: '用法：' },
  options: { en: 'Options:', zh: '选项：' },
  commands: { en: 'Commands:', zh: '命令：' },
  args: { en: 'Arguments:', zh: '参数：' },
  choices: { en: '{what} ({choices})', zh: '{what}（{choices}）' },
} as const satisfies Record<string, Text>;
