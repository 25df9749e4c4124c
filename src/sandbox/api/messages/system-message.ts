/** Messages of the type system: a line with a text, in direct chats only (im-v1/message, create_json). */
import { isFields } from '../../../shared/fields.ts';
import { type Answer, invalidParameter, refusal } from '../../http/answers.ts';
import type { SandboxApp } from '../../state/app-state.ts';
import type { SandboxChat } from '../../state/chats.ts';
import { hasAnyOf, scopeRules } from '../../state/scopes.ts';

const MAX_COLUMNS = 20;

/** What is wrong with the content; `undefined` where it may be sent. */
export function refusalForDivider(content: Record<string, unknown>): Answer | undefined {
  const params = isFields(content.params) ? content.params : {};
  const divider = isFields(params.divider_text) ? params.divider_text : {};
  const texts = [
    divider.text,
    ...Object.values(isFields(divider.i18n_text) ? divider.i18n_text : {}),
  ];
  const fits = texts.every((text) => typeof text === 'string' && columns(text) <= MAX_COLUMNS);
  if (content.type === 'divider' && fits && divider.text !== '') return undefined;
  return invalidParameter('invalid message content: a system message is a divider with a text');
}

/** Where a system message may go; other messages go anywhere. */
export function refusalForSystem(
  app: SandboxApp,
  chat: SandboxChat,
  msgType: string,
): Answer | undefined {
  if (msgType !== 'system') return undefined;
  if (chat.chatType !== 'p2p') return invalidParameter('a divider is for direct chats only');
  if (hasAnyOf(app.state.scopes, scopeRules.systemMessage)) return undefined;
  return refusal(230027, 'Lack of necessary permissions, ext=need scope: im:message:send_sys_msg');
}

function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > '\u2e80' ? 2 : 1), 0);
}
