/** The functions that read a text from outside: messages, answers, names, errors, configs. */
import { readExecAnswer } from '../../src/channel/agent/exec-answer.ts';
import { contentOf } from '../../src/channel/answer/formats/all.ts';
import { textContent } from '../../src/channel/answer/formats/text.ts';
import { answerParts, partOf } from '../../src/channel/answer/parts.ts';
import {
  finalForm,
  fitsCard,
  growingMarkdown,
} from '../../src/channel/answer/stream/card/card-json.ts';
import {
  cutForCard,
  emptyCardText,
  markdownOf,
  withMore,
} from '../../src/channel/answer/stream/card/card-text.ts';
import { endsSentence } from '../../src/channel/answer/stream/card/pace.ts';
import { settledMarkdown } from '../../src/channel/answer/text/cut/settled.ts';
import { ANSWER_LIMITS } from '../../src/channel/answer/text/limits.ts';
import { withMentions } from '../../src/channel/answer/text/mentions.ts';
import { parseMarkdown } from '../../src/channel/answer/text/parse/parse.ts';
import {
  bareUrls,
  isSafeUrl,
  isWebAddress,
  safeAddress,
} from '../../src/channel/answer/text/places/addresses.ts';
import { beginsBlock, isSentenceEnd } from '../../src/channel/answer/text/places/sentences.ts';
import { plainText } from '../../src/channel/answer/text/render/plain.ts';
import { cardMarkdown } from '../../src/channel/answer/text/render/render-card.ts';
import { wireBytes } from '../../src/channel/answer/text/wire-bytes.ts';
import { wordsPart } from '../../src/channel/choice/card-part.ts';
import { choiceAsText } from '../../src/channel/choice/choice-as-text.ts';
import { labelOf, wordsOf } from '../../src/channel/choice/choice-card.ts';
import { readMessage } from '../../src/channel/message/content/content.ts';
import {
  codeBlock,
  elementText,
  link,
  styled,
} from '../../src/channel/message/content/styled-text.ts';
import { parseControlCommand } from '../../src/channel/message/control.ts';
import { detectLanguage } from '../../src/channel/message/language.ts';
import { decoded, nameIn } from '../../src/channel/message/media/content-disposition.ts';
import { safeFileName } from '../../src/channel/message/media/file-name.ts';
import { parseJson5 } from '../../src/config/json5/json5.ts';
import { maskConfigText, shownKey, shownValue } from '../../src/config/shown/mask.ts';
import { maskProgramText } from '../../src/config/shown/program-text.ts';
import {
  couldBePassword,
  couldBeSecret,
  isSecretKey,
  shownName,
} from '../../src/config/shown/secret-look.ts';
import { parseRoot, parseTree } from '../../src/config/source/parse.ts';
import {
  isSecretShaped,
  readAppId,
  readAppSecret,
} from '../../src/config/source/pasted-credential.ts';
import {
  normalizeAllowEntry,
  normalizeTarget,
  parseTarget,
} from '../../src/host/people/targets.ts';
import {
  approvalEndIn,
  approvalRequestIn,
  expiryIn,
  withoutReplyLine,
} from '../../src/host/send/approval-text.ts';
import { buttonRows } from '../../src/host/send/host-message.ts';
import { platformMessageId } from '../../src/host/send/message-ids.ts';
import { presentedIn } from '../../src/host/send/presentation.ts';
import {
  commandText,
  isCommand,
  isNewSession,
  isUrgentCommand,
} from '../../src/host/turn/context/command-text.ts';
import { createReplyText } from '../../src/host/turn/pieces/reply-text.ts';
import { missingScopesIn } from '../../src/platform/errors/rejection.ts';
import { faultInMarkdown, markdownTables } from '../../src/sandbox/cards/markdown-rules.ts';
import { cardMarkdownHtml } from '../../src/sandbox/page/client/text/card-markdown.ts';
import { escapeHtml, webAddress } from '../../src/sandbox/page/client/text/escape.ts';
import { postMarkdownHtml } from '../../src/sandbox/page/client/text/post-markdown.ts';
import { textMessageHtml } from '../../src/sandbox/page/client/text/text-message.ts';
import { visibleIn } from '../../src/sandbox/seen/visible.ts';
import { maskCredentials } from '../../src/shared/credentials.ts';
import { parseJson } from '../../src/shared/json.ts';
import { createLineLogger } from '../../src/shared/log.ts';
import { Secret, scrub } from '../../src/shared/secret.ts';
import { shellWord } from '../../src/shared/terminal/shell-word.ts';
import { jsonText, visible, visibleBlock } from '../../src/shared/terminal/visible.ts';
import { columnsOf, fitColumns } from '../../src/shared/terminal/width.ts';
import { joinChinese } from '../../src/shared/text/chinese.ts';
import { oneLine, startOf } from '../../src/shared/text/one-line.ts';
import { sentences } from '../../src/shared/text/sentences.ts';
import { joinLines, localize, render, verbatim } from '../../src/shared/text/text.ts';
import { trimEndOf } from '../../src/shared/text/trim-end.ts';
import { chunkText } from './chunk-text.ts';

const mentions = [{ key: '@_user_1', openId: 'ou_1', name: 'A' }];
const style = { renderMode: 'auto', allowMentionAll: true } as const;
const page = { lang: 'en', nameOf: (openId: string) => openId } as const;
const people = new Map([['a', 'ou_a']]);
const reader = { botOpenId: 'ou_bot', lang: 'en' } as const;
const read = (messageType: string, content: unknown) =>
  readMessage({ messageType, content: JSON.stringify(content), mentions } as never, reader).text;

/** A host's text in the number of pieces that its length does not change. */
const PIECES = 64;
function inBlocks(text: string, take: (block: string) => unknown): void {
  const size = Math.ceil(text.length / PIECES);
  for (let at = 0; at < text.length; at += size) take(text.slice(at, at + size));
}
function growing(text: string, take: (whole: string) => unknown): void {
  const size = Math.ceil(text.length / PIECES);
  for (let end = size; end < text.length + size; end += size) take(text.slice(0, end));
}

/** Each exported function on a text from outside, called with a text. */
export const functions: Readonly<Record<string, (text: string) => unknown>> = {
  'contentOf, partOf': (text) => contentOf(partOf(parseMarkdown(text), 'auto')),
  cardMarkdown: (text) => cardMarkdown(parseMarkdown(text)),
  answerParts: (text) => answerParts(text, { leftOut: () => 'left out', style }),
  plainText: (text) => plainText(parseMarkdown(text)),
  settledMarkdown,
  bareUrls: (text) => [...bareUrls(text, 0, text.length)],
  beginsBlock: (text) => beginsBlock(text, 0),
  documentChunks: (text) => chunkText(text, ANSWER_LIMITS),
  columnsOf,
  shellWord,
  commandText,
  parseControlCommand,
  createLineLogger: (text) =>
    createLineLogger({ write: () => undefined, level: 'info', now: Date.now }).info(text, { text }),
  couldBePassword,
  couldBeSecret,
  'createReplyText, blocks': (text) => inBlocks(text, createReplyText().addDelivered),
  'createReplyText, a growing text': (text) => growing(text, createReplyText().addPartial),
  fitColumns: (text) => fitColumns(text, 80),
  inLines: (text) => render(joinLines([verbatim(text), verbatim(text)]), 'en'),
  isCommand,
  isSafeUrl,
  isNewSession,
  isSecretKey,
  isSecretShaped,
  isSentenceEnd: (text) => isSentenceEnd(text, text.length),
  isUrgentCommand,
  isWebAddress,
  joinChinese: (text) => joinChinese(['请看 ', text, ' 中']),
  jsonText,
  detectLanguage: (text) => detectLanguage(text, 'en'),
  maskConfigText,
  maskCredentials,
  maskProgramText,
  missingScopesIn: (msg) => missingScopesIn({ code: 99991672, msg }),
  parseJson,
  parseJson5,
  parseMarkdown,
  parseRoot: (text) => parseRoot(text, 'moltbot.json'),
  parseTree: (text) => parseTree(text, 'moltbot.json'),
  textContent,
  withMentions: (text) => withMentions(text, { people, allowMentionAll: true }),
  'readMessage, a text': (text) => read('text', { text }),
  'readMessage, a post': (text) => read('post', { content: [[{ tag: 'text', text }]] }),
  'readMessage, Markdown in a post': (text) => read('post', { content: [[{ tag: 'md', text }]] }),
  readAppId,
  readAppSecret: (text) => readAppSecret(text),
  'render, a value': (text) => render(localize({ en: '{a}', zh: '{a}' }, { a: text }), 'zh'),
  'render, lines': (text) =>
    render(localize({ en: '{a:lines}', zh: '{a:lines}' }, { a: text }), 'en'),
  safeAddress,
  scrub: (text) => scrub(text, [new Secret('S3cretS3cret')]),
  sentences: (text) => sentences([text, text]),
  shownKey,
  shownName,
  shownValue,
  trimEndOf: (text) => trimEndOf(text, '\r\n'),
  approvalEndIn,
  approvalRequestIn: (text) => approvalRequestIn(`🔒 Exec approval required\nID: x\n${text}`),
  buttonRows: (text) => buttonRows([[{ text, callback_data: text }]]),
  cardMarkdownHtml: (text) => cardMarkdownHtml(text, page),
  choiceAsText: (text) => choiceAsText({ text, rows: [[{ text }]] }, 'en'),
  codeBlock: (text) => codeBlock(text, text),
  cutForCard: (text) => cutForCard(withMore(emptyCardText, text)),
  decoded,
  elementText: (text) => elementText({ text, un_escape: true }),
  endsSentence,
  escapeHtml,
  expiryIn,
  faultInMarkdown: (text) => faultInMarkdown(text, { allowsAtAll: true }),
  finalForm: (text) => finalForm({ text, mentions: [] }),
  fitsCard,
  growingMarkdown,
  labelOf: (text) => labelOf({ text }),
  link: (text) => link(text, text),
  markdownOf: (text) => markdownOf({ source: text, from: 100, bytes: text.length }),
  markdownTables,
  nameIn: (text) => nameIn(`filename=${text}`),
  normalizeAllowEntry,
  normalizeTarget,
  oneLine: (text) => oneLine(text, 200),
  parseTarget,
  platformMessageId,
  postMarkdownHtml: (text) => postMarkdownHtml(text, page),
  presentedIn: (text) => presentedIn({ title: text, blocks: [{ type: 'text', text }] }),
  readExecAnswer: (text) => readExecAnswer(JSON.stringify({ text })),
  safeFileName: (text) => safeFileName(text, 'file-1', 'txt'),
  startOf: (text) => startOf(text, 1000),
  styled: (text) => styled(text, 'bold codeInline italic'),
  textMessageHtml: (text) => textMessageHtml(text, [], page),
  visibleIn: (text) => visibleIn('text', JSON.stringify({ text })),
  webAddress,
  withoutReplyLine,
  wordsPart: (text) => wordsPart(text, { renderMode: 'post' }),
  wordsOf: (text) => wordsOf({ text, value: text }),
  verbatim,
  visible,
  visibleBlock,
  wireBytes,
};

/** Functions that are not in the table, each with the reason. */
export const exempt: Readonly<Record<string, string>> = {
  asMessage: 'looks at no text',
  execEnvironment: 'looks for our own secrets only',
  newCardPart: 'looks at no text',
  openedCard: 'looks at no text',
  withMore: 'cutForCard is called with what it gives',
  settledCard: 'takes a card of our own',
  openChoice: 'takes what is sealed by us',
  isSealed: 'looks at no text',
  cardIdIn: 'looks at no text',
  approvalRows: 'takes an id of bounded length',
  isDecision: 'compares three words',
  withPresentation: 'presentedIn is the work',
  cardFault: 'looks at no text',
  unreadable: 'looks at no text',
  writeContent: 'looks at no text',
  addTo: 'looks at no text',
  replaceElement: 'looks at no text',
  patchElement: 'looks at no text',
  deleteElement: 'looks at no text',
  changeSettings: 'looks at no text',
  openingBy: 'looks at no text',
  stepsOf: 'looks at no text',
  visit: 'looks at no text',
  placeOf: 'compares ids',
  replaceAt: 'looks at no text',
  addElements: 'compares ids',
  linkHtml: 'escapeHtml is the work',
  mentionHtml: 'escapeHtml is the work',
  becomeText: 'looks at no text',
  typed: 'compares two texts',
  behind: 'reads one line; parseMarkdown and documentChunks call it',
  applyEdits: 'reads one line; partOf calls it',
  cardChunks: 'answerParts calls it',
  inertCode: 'cardMarkdown calls it',
  cardText: 'cardMarkdown calls it',
  closingMarks: 'takes the first 16 marks',
  codeOf: 'looks at no text',
  fenceMarks: 'cardMarkdown calls it',
  characterAt: 'reads one character',
  characterBefore: 'reads one character',
  graphemeBoundary: 'reads a window',
  hasText: 'reads a window',
  indentAt: 'reads one line; parseMarkdown calls it',
  isFields: 'looks at no text',
  isMoltbotFeishuError: 'looks at no text',
  isCjk: 'looks at one character',
  isImageKey: 'cardMarkdown calls it',
  isWidePunctuation: 'looks at one character',
  itemWidth: 'reads one line; parseMarkdown calls it',
  mentionTag: 'withMentions calls it',
  mentionTags: 'partOf calls it',
  needsBlank: 'looks at two characters',
  nextText: 'reads a window',
  pairs: 'plainText calls it',
  prefixWithin: 'reads one line; documentChunks calls it',
  readBlocks: 'parseMarkdown calls it',
  replaceMentions: 'contentOf calls it',
  requestedLang: 'reads the arguments and the locale of this process',
  skipColumns: 'reads one line; parseMarkdown calls it',
  spansOf: 'partOf calls it for each text',
};
