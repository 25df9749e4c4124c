/**
 * Carries out an action of the host's agent.
 *
 * In: the parameters as the model wrote them. Out: a short result, or an error whose text tells the
 * model what to do. A dry run checks the parameters and calls nothing.
 */
import { isMoltbotFeishuError, type MoltbotFeishuError } from '../../shared/errors.ts';
import { render } from '../../shared/text/text.ts';
import { answerTimeout } from '../../shared/time/waiting.ts';
import type { HostConfig } from '../host-config.ts';
import { accountClient } from '../section/account-client.ts';
import type { SendMemory } from '../send/send.ts';
import { type Action, ActionRefusal, type ActionResult } from './action.ts';
import { actions } from './all.ts';
import { hasControls } from './message-actions.ts';

export interface ActionRequest {
  readonly action: string;
  readonly cfg: HostConfig;
  readonly params: Readonly<Record<string, unknown>>;
  readonly accountId?: string | null;
  readonly toolContext?: {
    readonly currentChannelId?: string;
    readonly currentChannelProvider?: string;
    readonly currentThreadTs?: string;
    readonly currentMessageId?: string | number;
  };
  readonly dryRun?: boolean;
  readonly abortSignal?: AbortSignal;
}

/** What the tools of a host return. */
export interface ToolResult {
  readonly content: readonly { readonly type: 'text'; readonly text: string }[];
  readonly details: ActionResult;
}

/** No action takes longer (ms). */
const TIMEOUT_MS = 60_000;

/** @returns `null` where the host itself does it better: a message without buttons */
export async function handleAction(
  memory: SendMemory,
  request: ActionRequest,
): Promise<ToolResult | null> {
  const { action: name, params, cfg, toolContext, dryRun } = request;
  if (name === 'send' && !hasControls(params)) return null;
  const action = actions.get(name);
  if (!action) throw new ActionRefusal(`Feishu has no action ${name}.`);
  const parsed = action.params.safeParse(params);
  if (!parsed.success) throw new ActionRefusal(`The parameters of ${name} cannot be read.`);
  if (dryRun === true) return resultOf({ ok: true, dryRun: true, action: name });
  const timeout = answerTimeout(TIMEOUT_MS);
  const signal = request.abortSignal ? AbortSignal.any([request.abortSignal, timeout]) : timeout;
  const account = await accountClient(memory, cfg, request.accountId);
  const isHere = [undefined, 'feishu'].includes(toolContext?.currentChannelProvider);
  const current = isHere ? toolContext : undefined;
  try {
    const result = await action.run(parsed.data, {
      cfg,
      accountId: request.accountId || undefined,
      account,
      client: account.client,
      memory,
      current: {
        target: current?.currentChannelId,
        threadId: current?.currentThreadTs,
        messageId: current?.currentMessageId?.toString(),
      },
      signal,
    });
    return resultOf({ ok: true, ...result });
  } catch (error) {
    throw isMoltbotFeishuError(error) ? refusalOf(error, action) : error;
  }
}

function resultOf(details: ActionResult): ToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(details) }], details };
}

/** The platform's refusal in the words that the model reads. */
function refusalOf(error: MoltbotFeishuError, { name, permissions }: Action): ActionRefusal {
  const { what, advice, feishuCode } = error;
  const code = feishuCode === undefined ? '' : ` (Feishu code ${feishuCode})`;
  if (error.code === 'scope-missing') {
    return new ActionRefusal(
      `The app may not do this: ${name} needs one of the permissions ${permissions.join(', ')}${code}. ` +
        'An administrator can grant it in the developer console; moltbot-feishu doctor shows how.',
      { cause: error },
    );
  }
  const rule = feishuCode === undefined ? undefined : rules[feishuCode];
  const said =
    rule ?? [render(what, 'en'), advice ? render(advice, 'en') : ''].filter(Boolean).join(' ');
  return new ActionRefusal(`${said}${code}`, { cause: error });
}

/** Rules of the platform that a model meets, in words that tell it what else to do. */
const rules: Readonly<Record<number, string>> = {
  230002: 'The bot is not in this chat.',
  230009: 'The message is too old to be recalled: the organization limits how long.',
  230020: 'Too many messages to this chat at once. Wait a second.',
  230026: 'The message is not from this bot, so it cannot be recalled.',
  230031: 'The card is older than 14 days and cannot be changed any more. Send a new one.',
  230050: 'The message is not visible to the bot.',
  230054: 'Messages of this type cannot be changed, recalled or pinned.',
  230071: 'The message is not from this bot: only its own messages can be edited.',
  230072: 'The message has been edited 20 times, which is the limit. Send a new one.',
  230073: 'The message is not visible to the bot: it is older than its membership.',
  230075: 'The message is too old to be edited: the organization limits how long.',
  230110: 'The message is deleted.',
  231001: 'This reaction does not exist.',
  231003: 'The message is deleted, or never existed.',
  231017: 'System messages take no reactions.',
};
