/** Texts about a value pasted as App ID or App Secret. They never repeat the value itself. */
import type { Text } from '../../shared/text/text.ts';

export const credentialTexts = {
  notAppId: {
    en: 'this is not an App ID: it is cli_ and 16 characters of 0-9 and a-f',
    zh: '这不是 App ID：应为 cli_ 加 16 位 0-9、a-f 字符',
  },
  isAppSecret: {
    en: 'this looks like the App Secret; the App ID is cli_ and 16 characters of 0-9 and a-f',
    zh: '这看起来是 App Secret；App ID 应为 cli_ 加 16 位 0-9、a-f 字符',
  },
  isAppId: {
    en: 'this is an App ID; the App Secret is the other value on the same page',
    zh: '这是 App ID；App Secret 是同一页面上的另一个值',
  },
  severalAppIds: { en: 'this holds several App IDs', zh: '其中包含多个 App ID' },
  severalSecrets: {
    en: 'this holds several values that could be the App Secret',
    zh: '其中包含多个可能的 App Secret',
  },
  ofAnotherApp: {
    en: 'the App ID beside this App Secret is another one than the one given',
    zh: '此 App Secret 旁的 App ID 与已填写的不一致',
  },
  isReference: {
    en: 'this is the name of a variable, not its value; to store a reference: --secret-ref env:NAME',
    zh: '这是变量名而不是它的值；若要保存引用，请使用 --secret-ref env:NAME',
  },
  isHidden: {
    en: 'these characters hide the App Secret; copy it with the button beside it',
    zh: '这是被遮盖的 App Secret，请用旁边的按钮复制',
  },
  isPlaceholder: {
    en: 'this is a placeholder, not an App Secret',
    zh: '这是占位符，不是 App Secret',
  },
  isOtherId: {
    en: 'this is the id of a person, a chat or a message',
    zh: '这是用户、群聊或消息的 ID',
  },
  isToken: {
    en: 'this is an access token, not the App Secret',
    zh: '这是访问令牌，不是 App Secret',
  },
  isLink: { en: 'this is a link, not the App Secret', zh: '这是链接，不是 App Secret' },
  severalWords: {
    en: 'these are several words; copy only the App Secret',
    zh: '内容包含多段文字，请只复制 App Secret',
  },
  strangeCharacters: {
    en: 'this holds characters that no App Secret has',
    zh: '其中包含 App Secret 不会有的字符',
  },
  emptySecret: { en: 'the App Secret is empty', zh: 'App Secret 为空' },
} as const satisfies Record<string, Text>;
