import type { Text } from '../../shared/text/text.ts';

/** Scanning, and the links beside it. */
export const scanTexts = {
  titleName: { en: 'name of the bot', zh: '机器人名称' },
  titleScan: { en: 'scan', zh: '扫码' },
  askAgain: {
    en: 'The app {appId} was created a moment ago. Use it?',
    zh: '刚才已创建应用 {appId}，使用它吗？',
  },
  useIt: { en: 'use it', zh: '使用' },
  createAnother: { en: 'create another one', zh: '再创建一个' },
  beginning: { en: 'Asking for a code', zh: '正在获取二维码' },
  scanNow: {
    en: 'Scan with the Feishu or Lark app, and confirm there',
    zh: '请用飞书或 Lark App 扫码，并在手机上确认',
  },
  orOpen: { en: 'or open {url}', zh: '或打开 {url}' },
  openPage: { en: 'Open this page, and confirm there: {url}', zh: '请打开以下页面并确认：{url}' },
  noRoom: { en: 'This window is too small for the code.', zh: '窗口太小，无法显示二维码。' },
  scanOrOpen: { en: 'Scan it, or open {url}', zh: '扫码，或打开 {url}' },
  tooSmall: {
    en: 'This window is too small for the code. Enlarge it to {columns} × {rows}, or open the page with [o], or save the code as a picture with [p].',
    zh: '窗口太小，无法显示二维码。请放大到 {columns} × {rows}，或按 [o] 打开页面，或按 [p] 将二维码保存为图片。',
  },
  validFor: { en: 'Waiting for the scan · valid for {left}', zh: '等待扫码 · {left} 后过期' },
  renewed: { en: 'The code has expired; here is a new one.', zh: '二维码已过期，已更新。' },
  larkPerson: { en: 'Scanned with Lark: going on there.', zh: '使用 Lark 扫码，转到 Lark 继续。' },
  hiccup: { en: 'No connection for a moment; still waiting.', zh: '网络暂时中断，继续等待。' },
  created: { en: 'created “{name}” ({appId})', zh: '已创建“{name}”（{appId}）' },
  rehearsed: {
    en: 'For a real bot you scan a code here with your phone. In the sandbox, confirm on the page that the phone would show: {url}',
    zh: '正式配置时，这里用手机扫码。沙箱中请在手机会显示的页面上确认：{url}',
  },
  keyConfirm: { en: 'confirm here', zh: '在此确认' },
  confirmedHere: { en: 'confirmed', zh: '已确认' },
  keyOpen: { en: 'open here', zh: '在此打开' },
  keyCopy: { en: 'copy link', zh: '复制链接' },
  keyPicture: { en: 'save as PNG', zh: '保存为 PNG' },
  pictureOpened: { en: 'saved as {path}, and opened', zh: '已保存为 {path} 并打开' },
  opened: { en: 'opened in the browser', zh: '已在浏览器中打开' },
  notOpened: {
    en: 'No browser here; open the link elsewhere: {url}',
    zh: '此处没有浏览器，请在其他设备打开：{url}',
  },
  copied: {
    en: 'sent to the clipboard of this terminal: {url}',
    zh: '已发送到此终端的剪贴板：{url}',
  },
  notCopied: { en: 'not sent to a clipboard: {url}', zh: '未发送到剪贴板：{url}' },
  pictureSaved: { en: 'saved as {path}', zh: '已保存为 {path}' },
  pictureFailed: { en: '{path} cannot be written ({reason})', zh: '无法写入 {path}（{reason}）' },
  noDryScan: {
    en: 'a dry run changes nothing, and a scan creates an app',
    zh: '试运行不做更改，而扫码会创建应用',
  },
  description: {
    en: 'Talks to your Moltbot. Set up by moltbot-feishu.',
    zh: '与你的 Moltbot 对话。由 moltbot-feishu 配置。',
  },
} as const satisfies Record<string, Text>;
