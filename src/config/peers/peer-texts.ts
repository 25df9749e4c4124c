/** What the plan and the reading say about a section of another plugin. */
import type { Text } from '../../shared/text/text.ts';

export const peerTexts = {
  written: {
    en: 'Becomes {to}, which is what it means in {plugin}.',
    zh: '写为 {to}：与 {plugin} 中的含义一致。',
  },
  writtenStrictest: {
    en: 'Becomes {to}, the strictest of its meanings in the plugins that the section may be written for.',
    zh: '写为 {to}：取各来源插件中最严格的含义。',
  },
  refusedValue: {
    en: '{key} is {found}, a value of {plugins}. {why}',
    zh: '{key} 的值为 {found}，这是 {plugins} 的用法。{why}',
  },
  noCounterpart: {
    en: '{key} is a key of {plugins}. {why}',
    zh: '{key} 是 {plugins} 的键。{why}',
  },
  wrongPeerValue: {
    en: '{key} is {found}, which is no value of this key; allowed: {allowed}.',
    zh: '{key} 的值为 {found}，不是该键的有效值；允许的值：{allowed}。',
  },
  inPeer: {
    en: '{problem} In {plugins}, allowed: {allowed}.',
    zh: '{problem}{plugins} 中允许的值：{allowed}。',
  },
  inPeerAndHere: {
    en: '{problem} In {plugins}, allowed: {allowed}. Here: {why}',
    zh: '{problem}{plugins} 中允许的值：{allowed}。在本插件中：{why}',
  },
  wrongValue: {
    en: 'No value of this key; allowed: {allowed}.',
    zh: '不是该键的有效值；允许的值：{allowed}。',
  },
} as const satisfies Record<string, Text>;

/** Lists, where an error or the plan says what a key allows. */
export const listTexts = {
  texts: { en: 'a list of texts', zh: '文本列表' },
  people: { en: 'a list of open_ids (ou_…)', zh: 'open_id（ou_…）列表' },
  chats: { en: 'a list of chat_ids (oc_…)', zh: 'chat_id（oc_…）列表' },
} as const satisfies Record<string, Text>;
