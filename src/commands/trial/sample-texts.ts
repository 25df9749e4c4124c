import type { Text } from '../../shared/text/text.ts';

/** What the bot of `setup --sandbox` says. */
export const sampleTexts = {
  greeting: {
    en: '## An answer that grows\n\nYou wrote {said}. This answer is **one card that grows** while the agent is still writing, so people see the first words at once, and the rest as it comes.\n\n- Markdown is shown as **Feishu can show it**: `code`, lists, [links](https://open.feishu.cn), tables.\n- Pictures, files, voice and questions with buttons are messages, too.\n- With `moltbot-feishu run --exec "your command"` the answer is what your own program prints.',
    zh: '## 逐步生成的回复\n\n你写的是 {said}。这条回复是**一张逐步生成的卡片**，智能体还在写，对方就能看到开头，后续内容随写随显。\n\n- Markdown 按**飞书支持的样式**显示：`代码`、列表、[链接](https://open.feishu.cn)、表格。\n- 图片、文件、语音以及带按钮的提问，也都是消息。\n- 使用 `moltbot-feishu run --exec "你的命令"`，回复就是你自己程序的输出。',
  },
  ask: { en: 'What do you want to see next?', zh: '接下来想看什么？' },
  table: { en: 'A table', zh: '一个表格' },
  picture: { en: 'A picture', zh: '一张图片' },
  file: { en: 'A file', zh: '一个文件' },
  tableAnswer: {
    en: '| Your agent writes | People see |\n|---|---|\n| Markdown | a card that grows |\n| a table | a table |\n| a question with buttons | buttons that answer |\n| a path or a link to a picture | the picture |\n',
    zh: '| 智能体输出 | 对方看到 |\n|---|---|\n| Markdown | 逐步生成的卡片 |\n| 表格 | 表格 |\n| 带按钮的提问 | 可点击的按钮 |\n| 图片的路径或链接 | 图片 |\n',
  },
  pictureAnswer: {
    en: 'A code that holds the command for your own bot:',
    zh: '二维码中是接入你自己机器人的命令：',
  },
  fileAnswer: { en: 'Here is a file.', zh: '这是一个文件。' },
  report: {
    en: 'A file from the sandbox of moltbot-feishu.\n',
    zh: '来自 moltbot-feishu 沙箱的文件。\n',
  },
} as const satisfies Record<string, Text>;
