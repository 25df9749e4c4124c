/** The content of what a person says, with a mention of the bot. */
import type { SandboxApp } from '../state/app-state.ts';
import type { Mention } from '../state/chats.ts';
import { personIds } from './person.ts';

export function mentionOf(app: SandboxApp): Mention {
  return {
    key: '@_user_1',
    id: personIds(app.botOpenId),
    name: app.state.name,
    tenant_key: app.tenantKey,
  };
}

/** Puts the mention before a text, or before the first paragraph of a post; others hold none. */
export function withMention(content: object, mention: Mention | undefined): object {
  if (!mention) return content;
  if ('text' in content) return { ...content, text: `${mention.key} ${content.text}` };
  if (!('content' in content) || !Array.isArray(content.content)) return content;
  const at = { tag: 'at', user_id: mention.key, user_name: mention.name };
  return { ...content, content: startingWith(at, content.content) };
}

function startingWith(element: object, paragraphs: readonly unknown[]): readonly unknown[] {
  const [first, ...rest] = paragraphs;
  return [[element, ...(Array.isArray(first) ? first : [])], ...rest];
}
