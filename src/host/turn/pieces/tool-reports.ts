/** The tools of a turn, as OpenClaw reports them, as pieces of the answer. */
import type { ToolItem } from '../../../channel/answer/answer-piece.ts';
import type { ResolvedAccount } from '../../../config/account/account.ts';
import type { ReplyDispatch } from '../../runtime-contract.ts';

/** What the host is asked to report, and what becomes of it: nothing where no card shows it. */
export function toolReports(
  { streaming, toolProgress }: Pick<ResolvedAccount, 'streaming' | 'toolProgress'>,
  push: (piece: ToolItem) => void,
): Partial<ReplyDispatch['replyOptions']> {
  if (toolProgress === 'off' || streaming === 'off' || streaming === 'block') return {};
  /** Names of the tools at work, by id. */
  const running = new Map<string, string>();
  return {
    allowToolLifecycleWhenProgressHidden: true,
    ...(toolProgress === 'panel' && { suppressDefaultToolProgressMessages: true }),
    onToolStart({ toolCallId, itemId, name }) {
      if (!name) return;
      const id = toolCallId ?? itemId ?? name;
      running.set(id, name);
      push({ kind: 'tool', id, name, state: 'running' });
    },
    onItemEvent({ toolCallId, itemId, phase, status }) {
      const id = toolCallId ?? itemId;
      const name = id === undefined ? undefined : running.get(id);
      if (id === undefined || name === undefined || phase !== 'end') return;
      running.delete(id);
      push({ kind: 'tool', id, name, state: status === 'failed' ? 'failed' : 'done' });
    },
  };
}
