import type { Text } from '../../../shared/text/text.ts';

export const streamTexts = {
  thinking: { en: 'Thinking…', zh: '正在思考…' },
  writing: { en: 'Writing…', zh: '正在回复…' },
  usingTool: { en: 'Using {tool}…', zh: '正在使用 {tool}…' },
  /** The title of the panel. */
  tools: { en: 'Tools', zh: '工具调用' },
  moreTools: { en: '{n} before', zh: '此前 {n} 次' },
  seconds: { en: '{s} s', zh: '{s} 秒' },
  minutes: { en: '{min} min', zh: '{min} 分钟' },
  stop: { en: 'Stop', zh: '停止' },
  stopped: { en: '(stopped)', zh: '（已停止）' },
  /** What the list of chats shows. */
  generating: { en: 'Answering…', zh: '正在回复…' },
} as const satisfies Record<string, Text>;
