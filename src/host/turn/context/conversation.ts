/**
 * Where a turn belongs in the host: the route to its agent, the session, the target of answers.
 *
 * The host decides about the agent; which conversation is a session of its own is our setting.
 */
import type { Turn } from '../../../channel/agent/agent.ts';
import type { ResolvedAccount } from '../../../config/account/account.ts';
import { isFields } from '../../../shared/fields.ts';
import type { HostConfig } from '../../host-config.ts';
import { targetOf } from '../../people/targets.ts';
import type { HostChannelRuntime } from '../../runtime-contract.ts';
import type { HostConversation } from '../../send/host-recovery.ts';
import { scopeOf, sessionKeyOf } from './session-scope.ts';

/** A turn with the config that was in force when it began: all of it goes by the same one. */
export interface ConfiguredTurn extends Turn {
  readonly cfg: HostConfig;
}

export type ConversationOf = (turn: ConfiguredTurn) => HostConversation;

export function createConversationOf(
  account: ResolvedAccount,
  host: Pick<HostChannelRuntime, 'routing' | 'session'>,
): ConversationOf {
  return ({ message, cfg }) => {
    const route = host.routing.resolveAgentRoute({
      cfg,
      channel: 'feishu',
      accountId: account.id,
      peer:
        message.chatType === 'group'
          ? { kind: 'group', id: message.chatId }
          : { kind: 'dm', id: message.senderOpenId },
    });
    const scope = scopeOf(account, message.chatId);
    return {
      route: { ...route, turnSessionKey: sessionKeyOf(route.sessionKey, message, scope) },
      storePath: host.session.resolveStorePath(sessionStore(cfg), { agentId: route.agentId }),
      target: targetOf(message),
      threadId: message.threadId,
    };
  };
}

function sessionStore({ session }: HostConfig): unknown {
  return isFields(session) ? session.store : undefined;
}
