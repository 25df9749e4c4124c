/**
 * How an action of the host's agent is declared: its name, its parameters, what the app needs for it,
 * and the call. A new action is one declaration in one of these files, and a line in all.ts.
 */
import { z } from 'zod';
import type { PlatformClient } from '../../platform/client/client.ts';
import type { HostConfig } from '../host-config.ts';
import { parseTarget, type Target } from '../people/targets.ts';
import type { AccountClient } from '../section/account-client.ts';
import type { SendMemory } from '../send/send.ts';

export interface ActionContext {
  readonly cfg: HostConfig;
  readonly accountId: string | undefined;
  readonly account: AccountClient;
  readonly client: PlatformClient;
  readonly memory: SendMemory;
  /** The conversation of the running turn, where the host says it. */
  readonly current: {
    readonly target: string | undefined;
    readonly messageId: string | undefined;
    readonly threadId: string | undefined;
  };
  readonly signal: AbortSignal;
}

export type ActionResult = Readonly<Record<string, unknown>>;

/** The switch of `channels.feishu.actions` that turns an action off. */
export type ActionGate =
  | 'messages'
  | 'reactions'
  | 'pins'
  | 'memberInfo'
  | 'channelInfo'
  | 'stickers';

export interface Action<P = unknown> {
  readonly name: string;
  /** Absent: always on. */
  readonly gate?: ActionGate;
  readonly params: z.ZodType<P>;
  /** Any one of these permissions is enough. */
  readonly permissions: readonly string[];
  run(params: P, context: ActionContext): Promise<ActionResult>;
}

export function action<P>(declaration: Action<P>): Action {
  return declaration as Action;
}

/** The action cannot be done as it was asked for; the agent reads the message. */
export class ActionRefusal extends Error {
  override readonly name = 'ActionRefusal';
}

const MAX_ID_LENGTH = 500;

/** An id that a model writes: numbers and surrounding blanks are taken, too. */
export const idParam = z
  .union([z.string(), z.number()])
  .transform((id) => String(id).trim())
  .pipe(z.string().min(1).max(MAX_ID_LENGTH));

/** The tool of a host has one schema for all channels: what an action does not know, it ignores. */
export const targetParams = z.object({
  to: idParam.optional().catch(undefined),
  channelId: idParam.optional().catch(undefined),
});

export const messageParams = targetParams.extend({
  messageId: idParam.optional().catch(undefined),
});

/** The message that an action is about: the one that it names, or the one that is being answered. */
export function messageIdOf(
  params: { readonly messageId?: string | undefined },
  { current }: Pick<ActionContext, 'current'>,
): string {
  const named = (params.messageId ?? current.messageId ?? '').replace(/#.*$/s, '');
  if (/^om_\w+$/.test(named)) return named;
  if (named === '') {
    throw new ActionRefusal('messageId is missing. Give the id of the message: om_….');
  }
  throw new ActionRefusal(`“${shortened(named)}” is no message id of Feishu. Give om_….`);
}

/** Where an action goes: the target that it names, or the running conversation. */
export function targetOf(
  params: z.infer<typeof targetParams>,
  { current }: Pick<ActionContext, 'current'>,
): Target {
  const named = params.to ?? params.channelId ?? current.target ?? '';
  const target = parseTarget(named);
  if (target) return target;
  if (named === '') {
    throw new ActionRefusal('target is missing. Give chat:oc_… or user:ou_….');
  }
  throw new ActionRefusal(
    `“${shortened(named)}” is no chat and no person. Give chat:oc_… or user:ou_….`,
  );
}

/** The chat that an action is about; of a person, the direct chat, if a message came from there. */
export function chatIdOf(
  params: z.infer<typeof targetParams>,
  context: Pick<ActionContext, 'current' | 'memory'>,
): string {
  const { receiveIdType, receiveId } = targetOf(params, context);
  if (receiveIdType === 'chat_id') return receiveId;
  const chatId = context.memory.directChats.of(receiveId);
  if (chatId !== undefined) return chatId;
  throw new ActionRefusal(
    `The direct chat with ${receiveId} is not known: no message came from it yet. Give chat:oc_….`,
  );
}

const MAX_SHOWN = 100;

export function shortened(text: string, length = MAX_SHOWN): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
