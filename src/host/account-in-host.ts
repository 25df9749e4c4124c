/** What a running host says of one account of ours: its own `channels status`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PLUGIN_ID } from './host-facts.ts';
import type { HostProgram } from './host-programs.ts';

const run = promisify(execFile);

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
export type AccountInHost = z.infer<typeof accountSchema>;

const statusSchema = z.object({
  channelAccounts: z.record(z.string(), z.array(z.unknown()).catch([])),
});

export interface AskHostOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** `undefined` where the host does not tell: it refused, took too long, or knows no such account. */
export async function accountInHost(
  { path }: HostProgram,
  accountId: string,
  { env, signal }: AskHostOptions,
): Promise<AccountInHost | undefined> {
  let text: string;
  try {
    const options = { env: { ...env }, signal, maxBuffer: 16 * 1024 * 1024 };
    text = (await run(path, ['channels', 'status', '--json'], options)).stdout;
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
