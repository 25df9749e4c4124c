/** What a person reads where a medium is sent as something else, or not at all. */
export const outgoingMediaTexts = {
  notSent: { en: '{name} could not be sent: {reason}.', zh: '{name} 未能发送：{reason}。' },
  notSentLink: {
    en: '{name} could not be sent: {reason}. Link: {url}',
    zh: '{name} 未能发送：{reason}。链接：{url}',
  },
  image: { en: 'The image', zh: '图片' },
  file: { en: 'The file', zh: '文件' },
  notAllowed: { en: 'its location is not allowed', zh: '该位置不允许访问' },
  missing: { en: 'it does not exist', zh: '文件不存在' },
  tooLarge: { en: 'it is larger than 30 MB', zh: '超过 30 MB' },
  empty: { en: 'it is empty', zh: '文件为空' },
  unreachable: { en: 'its address did not answer', zh: '无法访问该地址' },
  timedOut: { en: 'it took too long', zh: '超时' },
  noSpace: { en: 'there is no space on the disk', zh: '磁盘空间不足' },
  notPermitted: {
    en: 'the app has no permission to upload files',
    zh: '应用没有上传文件的权限',
  },
  failed: { en: 'the upload failed', zh: '上传失败' },
  imageAsFile: {
    en: 'The image is too large to be shown, so it is sent as a file.',
    zh: '图片过大，无法直接显示，已改为文件发送。',
  },
  imageUnknown: {
    en: 'Feishu cannot show this image, so it is sent as a file.',
    zh: '飞书无法显示该图片，已改为文件发送。',
  },
  voiceAsFile: {
    en: 'The recording is sent as a file: it could not be converted to a voice message.',
    zh: '录音无法转换为语音消息，已改为文件发送。',
  },
  videoAsFile: {
    en: 'The video is sent as a file: Feishu could not play it in the chat.',
    zh: '飞书无法在会话中播放该视频，已改为文件发送。',
  },
  refused: { en: 'Feishu refused it', zh: '飞书拒绝了该内容' },
};
