/** The labels of what has no text of its own. */
export const contentTexts = {
  image: { en: 'image', zh: '图片' },
  file: { en: 'file', zh: '文件' },
  audio: { en: 'voice message', zh: '语音' },
  video: { en: 'video', zh: '视频' },
  sticker: { en: 'sticker', zh: '表情包' },
  card: { en: 'card', zh: '卡片' },
  sharedChat: { en: 'shared group', zh: '群名片' },
  sharedUser: { en: 'shared contact', zh: '个人名片' },
  location: { en: 'location', zh: '位置' },
  forwarded: { en: 'forwarded messages', zh: '合并转发的消息' },
  system: { en: 'system message', zh: '系统消息' },
  videoChat: { en: 'video call', zh: '视频通话' },
  task: { en: 'task', zh: '任务' },
  poll: { en: 'poll', zh: '投票' },
  redPacket: { en: 'red packet', zh: '红包' },
  folder: { en: 'folder', zh: '文件夹' },
  calendarEvent: { en: 'calendar event', zh: '日程' },
  /** A file with its number: `[image 1]`. */
  numbered: { en: '{label} {id}', zh: '{label} {id}' },
  /** Beside a placeholder that the sender has typed, too. */
  attached: { en: 'attached', zh: '附件' },
  tooMany: { en: 'not fetched, only the first {most} are', zh: '未获取，只取前 {most} 个' },
  cutText: {
    en: 'the rest is left out: {characters} characters',
    zh: '其余 {characters} 个字符已省略',
  },
  action: { en: 'button', zh: '按钮' },
  unknownType: { en: 'message of type {type}', zh: '{type} 类型的消息' },
};
