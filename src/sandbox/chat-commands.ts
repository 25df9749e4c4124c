/** Carries out the lines of the chat in the terminal: texts for the bot, and commands. */
import { isFields } from '../shared/fields.ts';
import { visibleBlock } from '../shared/terminal/visible.ts';
import { type LocalizedText, localize, type Text } from '../shared/text/text.ts';
import type { Sandbox } from './contract.ts';
import type { EventSent } from './people/people.ts';
import { sandboxTexts as texts, undeliveredTexts } from './sandbox-texts.ts';
import type { StoredMessage } from './state/chats.ts';
import { emojiTypes } from './state/emoji-types.ts';

type Reply = LocalizedText | Text | undefined;

/** Does what a line asks for; resolves with what there is to say about it. */
export async function obey(sandbox: Sandbox, line: string, end: () => void): Promise<Reply> {
  if (line === '') return undefined;
  if (!line.startsWith('/')) return heard(sandbox, sandbox.say({ text: line }));
  const [command = '', ...words] = line.split(/\s+/);
  const rest = words.join(' ');
  if (needsWords.has(command) && rest === '') return localize(texts.nothingToSay, { command });
  switch (command) {
    case '/group':
    case '/group!': {
      const mentionBot = command === '/group';
      return heard(sandbox, sandbox.say({ text: rest, chatType: 'group', mentionBot }));
    }
    case '/edit':
    case '/recall': {
      const own = lastOf(sandbox, false, 'text');
      if (!own) return texts.nothingOwn;
      const { messageId } = own;
      const isEdit = command === '/edit';
      return heard(
        sandbox,
        isEdit ? sandbox.edit({ messageId, text: rest }) : sandbox.recall({ messageId }),
      );
    }
    case '/react': {
      const answer = lastOf(sandbox, true);
      if (!answer) return texts.noAnswerYet;
      if (!emojiTypes.has(rest)) return localize(texts.noSuchReaction, { name: shown(rest) });
      const { messageId } = answer;
      return heard(sandbox, sandbox.react({ messageId, emojiType: rest }));
    }
    case '/click':
      return click(sandbox, rest);
    case '/menu':
      return heard(sandbox, sandbox.chooseMenu({ eventKey: rest }));
    case '/open':
      return heard(sandbox, sandbox.openChat());
    case '/drop':
      return localize(texts.dropped, { count: sandbox.dropConnections() });
    case '/bot': {
      if (rest !== 'on' && rest !== 'off') return texts.help;
      sandbox.configureApp({ bot: rest === 'on' });
      return localize(texts.botIs, { state: localize(texts[rest]) });
    }
    case '/help':
      return texts.help;
    case '/quit':
      end();
      return undefined;
    default:
      return localize(texts.unknownCommand, { command });
  }
}

const needsWords = new Set(['/group', '/group!', '/edit', '/react', '/click', '/menu']);

async function click(sandbox: Sandbox, label: string): Promise<Reply> {
  const card = lastOf(sandbox, true, 'interactive');
  if (!card) return texts.noCard;
  try {
    const { answer, code } = await sandbox.click({ messageId: card.messageId, button: label });
    if (code !== undefined) return localize(texts.clickFailed, { code });
    const toast = isFields(answer?.toast) ? answer.toast.content : undefined;
    return typeof toast === 'string' ? localize(texts.toast, { text: shown(toast) }) : undefined;
  } catch (error) {
    if (error instanceof RangeError) return localize(texts.noSuchButton, { label: shown(label) });
    throw error;
  }
}

/** The last message that is still there, of the person or of a bot. */
function lastOf(sandbox: Sandbox, fromBot: boolean, msgType?: string): StoredMessage | undefined {
  return sandbox
    .messages({ fromBot })
    .findLast((message) => !message.deleted && (msgType ?? message.msgType) === message.msgType);
}

/** Why the bot does not hear it; `undefined` where it does. */
function heard(sandbox: Sandbox, { eventId }: EventSent): LocalizedText | undefined {
  const delivery = sandbox.deliveries().findLast((each) => each.eventId === eventId);
  const reason = delivery?.undelivered;
  if (!reason) return undefined;
  const { eventType } = delivery;
  return localize(texts.notHeard, {
    reason: localize(undeliveredTexts[reason], { eventType }),
  });
}

const shown = (text: string): string => visibleBlock(text);
