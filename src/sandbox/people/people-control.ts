/** What people do, as control calls: the table is at the head of `control.ts`. */
import { z } from 'zod';
import { taking } from '../http/taking.ts';
import type { People } from './people.ts';
import type { MergedMessage } from './said-content.ts';

const text = z.string().exactOptional();
const fields = z.record(z.string(), z.unknown());
const person = z.strictObject({
  openId: z.string(),
  name: text,
  senderType: z.enum(['user', 'app']).exactOptional(),
});
const from = person.exactOptional();
const messageId = z.string();

const keys = z.array(z.string()).exactOptional();
const durationMs = z.number().int().min(0).exactOptional();
const saidContent = {
  text,
  content: fields.exactOptional(),
  messageType: text,
  images: keys,
  files: keys,
  audio: z.strictObject({ key: z.string(), durationMs, speechToText: text }).exactOptional(),
  video: z.strictObject({ key: z.string(), coverKey: text, durationMs }).exactOptional(),
  sticker: text,
  card: fields.exactOptional(),
};
const merged: z.ZodType<MergedMessage> = z.strictObject({
  ...saidContent,
  get merged() {
    return z.array(merged).exactOptional();
  },
  from,
  createTime: z.number().int().exactOptional(),
});

const saying = z.strictObject({
  ...saidContent,
  merged: z.array(merged).exactOptional(),
  chatId: text,
  chatType: z.enum(['p2p', 'group']).exactOptional(),
  chatForm: z.enum(['plain', 'topic', 'thread']).exactOptional(),
  from,
  mentionBot: z.boolean().exactOptional(),
  mention: z.array(person).exactOptional(),
  appId: text,
  createTime: z.number().int().exactOptional(),
  threadId: text,
  rootId: text,
  parentId: text,
  deliver: z.enum(['once', 'twice']).exactOptional(),
});

const action = z.strictObject({
  tag: text,
  value: z.unknown().exactOptional(),
  name: text,
  option: text,
  options: z.array(z.string()).exactOptional(),
  input_value: text,
  checked: z.boolean().exactOptional(),
  form_value: fields.exactOptional(),
  timezone: text,
});

/** The actions by method and path. */
export function peopleActions(
  people: People,
): Readonly<Record<string, (input: unknown) => unknown>> {
  return {
    'POST say': taking(saying, people.say),
    'POST edit': taking(
      z.strictObject({
        messageId,
        text,
        content: fields.exactOptional(),
        mentionBot: z.boolean().exactOptional(),
      }),
      people.edit,
    ),
    'POST recall': taking(
      z.strictObject({
        messageId,
        by: z
          .enum(['message_owner', 'group_owner', 'group_manager', 'enterprise_manager'])
          .exactOptional(),
      }),
      people.recall,
    ),
    'POST react': taking(
      z.strictObject({
        messageId,
        emojiType: z.string(),
        from,
        remove: z.boolean().exactOptional(),
      }),
      people.react,
    ),
    'POST click': taking(
      z.strictObject({ messageId, from, button: text, action: action.exactOptional() }),
      people.click,
    ),
    'POST menu': taking(
      z.strictObject({ eventKey: z.string(), from, appId: text }),
      people.chooseMenu,
    ),
    'POST open': taking(z.strictObject({ from, appId: text }), people.openChat),
    'POST membership': taking(
      z.strictObject({ chatId: z.string(), isMember: z.boolean(), appId: text }),
      (input) => people.setMembership(input.chatId, input.isMember, input.appId),
    ),
    'POST disband': taking(z.strictObject({ chatId: z.string() }), people.disband),
  };
}
