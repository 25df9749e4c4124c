/** Why a file of a message is missing, as a part of its placeholder. */
export const mediaTexts = {
  tooLarge: { en: 'larger than {mb} MB', zh: '超过 {mb} MB' },
  deleted: { en: 'deleted or expired', zh: '已删除或已过期' },
  notPermitted: { en: 'the app has no permission to read it', zh: '应用没有读取权限' },
  unsupported: { en: 'Feishu does not give it out to bots', zh: '飞书不向机器人提供此文件' },
  timedOut: { en: 'the download took too long', zh: '下载超时' },
  noSpace: { en: 'no space left on the disk', zh: '磁盘空间不足' },
  failed: { en: 'the download failed', zh: '下载失败' },
};
