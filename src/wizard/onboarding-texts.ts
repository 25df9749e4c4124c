/** What the wizard says only inside a host. */
import type { Text } from '../shared/text.ts';

export const onboardingTexts = {
  askAccount: { en: 'Which Feishu account?', zh: '配置哪个飞书账号？' },
  newAccount: { en: 'a new one', zh: '新建账号' },
  askAccountId: { en: 'Id of the new account', zh: '新账号的 ID' },
  scan: {
    en: 'Scan with the Feishu or Lark app, or open {url}',
    zh: '请使用飞书或 Lark 扫码，或打开 {url}',
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
