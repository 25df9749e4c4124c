/**
 * The ids under which messages are given to the host. A host takes each id once: Clawdbot and Moltbot
 * remember it for some minutes, OpenClaw with the session, also across a restart (openclaw@2026.9.6,
 * auto-reply/reply/restart-recovery-claim). Outlives the account, which a change of its config restarts.
 */

/** How often a message has been given to the host in this process; 0: received here, not given yet. */
const timesGiven = new Map<string, number>();
const MAX_MESSAGES = 10_000;

function setTimesGiven(messageId: string, run: number): void {
  if (timesGiven.size >= MAX_MESSAGES) timesGiven.clear();
  timesGiven.set(messageId, run);
}

/** A message has come in here: no earlier process has given it to the host. */
export function markReceived(messageId: string): void {
  if (!timesGiven.has(messageId)) setTimesGiven(messageId, 0);
}

/** Whether an earlier process may have given it to the host. */
export function mayBeKnownToHost(messageId: string): boolean {
  return !timesGiven.has(messageId);
}

/** The message's own id at first, then one that the host has never seen. */
export function nextMessageSid(messageId: string, now: () => number): string {
  const run = (timesGiven.get(messageId) ?? 0) + 1;
  setTimesGiven(messageId, run);
  // The time tells it from the ids of earlier processes.
  return run === 1 ? messageId : `${messageId}#${now().toString(36)}.${run}`;
}

/** The platform's id of a message, from one that an agent was given. */
export function platformMessageId(messageSid: string): string {
  return messageSid.replace(/#.*$/s, '');
}
