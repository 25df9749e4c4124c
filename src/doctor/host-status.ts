/** An account as the running host tells of it: asked once a run, by the host's own command. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { DoctorContext } from './context.ts';
import { type HostFacts, PLUGIN_ID } from './host-facts.ts';

const time = z.number().nullish().catch(undefined);

const accountSchema = z.object({
  accountId: z.string(),
  running: z.boolean().optional().catch(undefined),
  connected: z.boolean().optional().catch(undefined),
  lastError: z.string().nullish().catch(undefined),
  /** ms since 1970 */
  lastInboundAt: time,
  lastOutboundAt: time,
  lastIgnored: z.object({ at: z.number(), reason: z.string() }).nullish().catch(undefined),
});
export type HostedAccount = z.infer<typeof accountSchema>;

const statusSchema = z.object({
  channelAccounts: z.record(z.string(), z.array(z.unknown()).catch([])),
});

const run = promisify(execFile);
const asked = new WeakMap<DoctorContext, Promise<HostedAccount | undefined>>();

/** `undefined` where no host runs, it refuses, or it does not know the account. */
export function hostedAccount(
  context: DoctorContext,
  facts: HostFacts,
  signal: AbortSignal,
): Promise<HostedAccount | undefined> {
  const known = asked.get(context);
  if (known) return known;
  const asking = ask(context, facts, signal);
  asked.set(context, asking);
  return asking;
}

async function ask(
  { env, accountId }: DoctorContext,
  { host, isUp }: HostFacts,
  signal: AbortSignal,
): Promise<HostedAccount | undefined> {
  if (!host || !isUp) return undefined;
  let text: string;
  try {
    const options = { env: { ...env }, signal, maxBuffer: 16 * 1024 * 1024 };
    text = (await run(host.path, ['channels', 'status', '--json'], options)).stdout;
  } catch {
    // It refused, or took too long: what it says then is for a person to see.
    return undefined;
  }
  const status = statusSchema.safeParse(jsonIn(text));
  const accounts = status.success ? (status.data.channelAccounts[PLUGIN_ID] ?? []) : [];
  return accounts
    .flatMap((account) => accountSchema.safeParse(account).data ?? [])
    .find((account) => account.accountId === accountId);
}

/** The document in what a host prints: some print a banner above it. */
function jsonIn(text: string): unknown {
  const start = text.search(/^\{/m);
  try {
    return JSON.parse(text.slice(Math.max(0, start)));
  } catch {
    // Not the document that was asked for: told as unknown.
    return undefined;
  }
}
