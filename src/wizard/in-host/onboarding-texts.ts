/** Texts of the wizard inside a host only. */
import type { Text } from '../../shared/text/text.ts';

export const onboardingTexts = {
  askAccount: { en: 'Which Feishu account?', zh: '配置哪个飞书账号？' },
  newAccount: { en: 'a new one', zh: '新建账号' },
  askAccountId: { en: 'Id of the new account', zh: '新账号的 ID' },
  askSecretInput: {
    en: 'How do you want to give the App Secret?',
    zh: '以哪种方式提供 App Secret？',
  },
  secretIsShown: {
    en: 'This host has no hidden prompt: what you type or paste here is shown.',
    zh: '此宿主没有隐藏输入：在此输入或粘贴的内容会显示在屏幕上。',
  },
  secretHere: { en: 'type or paste it here', zh: '在此输入或粘贴' },
  secretShown: { en: 'type or paste it here, visibly', zh: '在此输入或粘贴（会显示）' },
  secretFromFile: { en: 'read it from a file', zh: '从文件读取' },
  secretInOwnWizard: {
    en: 'open our own wizard instead, which hides it',
    zh: '改用本插件的向导（隐藏输入）',
  },
  askSecretFile: {
    en: 'Path of a file with only the App Secret in it',
    zh: '仅含 App Secret 的文件路径',
  },
  again: { en: 'enter it again', zh: '重新输入' },
  unchanged: {
    en: 'Feishu is left as it was. The wizard of the host continues.',
    zh: '飞书的配置保持不变，宿主的向导将继续。',
  },
  scan: {
    en: 'Scan with the Feishu or Lark app, or open {url}',
    zh: '请使用飞书或 Lark 扫码，或打开 {url}',
  },
  scanOrOpen: {
    en: 'Scan with the Feishu or Lark app, or open:',
    zh: '请使用飞书或 Lark 扫码，或打开：',
  },
  scanAlready: {
    en: 'Account {account} is set up with {appId} already. Scanning again makes a new app.',
    zh: '账号 {account} 已配置 {appId}，再次扫码将创建新应用。',
  },
  scanned: {
    en: 'Created {appId} for account {account}; it is in {path}.',
    zh: '已为账号 {account} 创建 {appId}，并写入 {path}。',
  },
  noScan: {
    en: 'No scan is waiting: start one first.',
    zh: '当前没有等待中的扫码，请先发起扫码。',
  },
  scanOpen: { en: 'Not scanned yet.', zh: '尚未扫码。' },
} as const satisfies Record<string, Text>;
