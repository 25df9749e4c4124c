/** The actions of the host's message tool: their list is at hand, their code is loaded when one is used. */
import type { HostConfig } from '../host-config.ts';
import { enabledAccountSettings } from '../section/section.ts';
import type { SendMemory } from '../send/send.ts';
import { actionNames } from './action-names.ts';
import type { ActionRequest } from './handle-action.ts';

interface Discovery {
  readonly cfg: HostConfig;
  readonly accountId?: string | null;
}

/** Those that an enabled account allows. */
function listActions({ cfg, accountId }: Discovery): string[] {
  const accounts = enabledAccountSettings(cfg, accountId);
  return Object.entries(actionNames)
    .filter(([, gate]) =>
      accounts.some(({ actions }) => gate === undefined || actions[gate] !== false),
    )
    .map(([name]) => name);
}

export const actionsAdapter = (memory: SendMemory) => ({
  listActions,
  /** OpenClaw: the same as one answer. */
  describeMessageTool: (discovery: Discovery) => ({
    actions: listActions(discovery),
    capabilities: ['presentation'],
  }),
  supportsAction: ({ action }: { readonly action: string }) => Object.hasOwn(actionNames, action),
  supportsButtons: ({ cfg }: Discovery) => enabledAccountSettings(cfg).length > 0,
  supportsCards: ({ cfg }: Discovery) => enabledAccountSettings(cfg).length > 0,
  /** The target of a tool call that sends, so that the host does not send the same text again. */
  extractToolSend: ({ args }: { readonly args: Readonly<Record<string, unknown>> }) => {
    const { action, to, target, accountId } = args;
    const isSend = action === 'send' || action === 'sendMessage' || action === 'thread-reply';
    const named = [to, target].find((one) => typeof one === 'string' && one.trim() !== '');
    if (!isSend || typeof named !== 'string') return null;
    return { to: named, ...(typeof accountId === 'string' && { accountId }) };
  },
  handleAction: async (request: ActionRequest) =>
    (await import('./handle-action.ts')).handleAction(memory, request),
});

/** Short, since each turn pays for it. */
export const agentPrompt = {
  messageToolHints: (): string[] => [
    '- Feishu targets: `chat:oc_…` (a group), `user:ou_…` (a person). Without a target the message goes to this conversation.',
    '- Feishu mentions: write `<at user_id="ou_…"></at>` in the text.',
    '- Feishu reactions: `react` with a `messageId` (`om_…`) and an `emoji` such as THUMBSUP, OK, DONE, CheckMark, HEART, Fire, ThumbsDown, CrossMark.',
    '- Feishu `edit`, `delete`, `unsend`: only messages that you have sent; their ids are in the results of `send`.',
    '- Feishu shows buttons, without any setting: a press comes back as a message of the person who pressed.',
  ],
  /** OpenClaw: what its own hints may count on. */
  messageToolCapabilities: (): string[] => ['inlineButtons'],
};
