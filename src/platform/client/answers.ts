/** The answers of single calls: their schemas, and what is made of them. */
import { z } from 'zod';

const text = z.string().catch('');

/** `bot` is at the top level, not under `data` (bot/v3/info); some fields may be missing. */
export const botAnswer = z.object({
  bot: z.object({
    app_name: text,
    open_id: z.string().min(1),
    activate_status: z.number().catch(-1),
    ip_white_list: z.array(z.string()).catch([]),
  }),
});

export function toBotInfo({ bot }: z.infer<typeof botAnswer>): BotInfo {
  return {
    name: bot.app_name,
    openId: bot.open_id,
    activateStatus: bot.activate_status,
    ipWhiteList: bot.ip_white_list,
  };
}

/** event/v1/connection. */
export const connectionCountAnswer = z.object({ online_instance_cnt: z.number() });

/** application/v6/scopes: grant_status 1 granted, 2 not. */
export const grantedScopesAnswer = z.object({
  scopes: z
    .array(
      z.object({
        scope_name: z.string(),
        grant_status: z.number(),
        scope_type: z.string().optional().catch(undefined),
      }),
    )
    .nullish(),
});

/** The tenant's scopes. The answer may list the same name for the user's token too. */
export function toGrantedScopes({
  scopes,
}: z.infer<typeof grantedScopesAnswer>): ReadonlyMap<string, boolean> {
  const granted = new Map<string, boolean>();
  for (const { scope_name: name, grant_status: status, scope_type: type } of scopes ?? []) {
    if (type === 'user') continue;
    granted.set(name, granted.get(name) === true || status === 1);
  }
  return granted;
}

/** An answer that says no more than that the call was accepted. */
export const acceptedAnswer = z.object({}).loose().nullish();

/** im/v1/messages: create and reply. */
export const sentMessageAnswer = z.object({
  message_id: z.string().min(1),
  chat_id: text,
  thread_id: z.string().optional().catch(undefined),
});

export function toSentMessage(answer: z.infer<typeof sentMessageAnswer>): SentMessage {
  return {
    messageId: answer.message_id,
    chatId: answer.chat_id,
    ...(answer.thread_id && { threadId: answer.thread_id }),
  };
}

export interface BotInfo {
  readonly name: string;
  readonly openId: string;
  /** 2 = enabled; see docs/platform/app.md#what-an-app-can-read-about-itself. −1 where the platform did not say. */
  readonly activateStatus: number;
  readonly ipWhiteList: readonly string[];
}

export interface SentMessage {
  readonly messageId: string;
  readonly chatId: string;
  readonly threadId?: string;
}
