/** What a running host says of one account of ours: its own `channels status`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { PLUGIN_ID } from './host-facts.ts';
import type { HostProgram } from './host-programs.ts';

const run = promisify(execFile);

const time = z.number().nullish().catch(undefined);

const statusSchema = z.object({
  channelAccounts: z.record(
    z.string(),
    z.array(
      z.object({
        accountId: z.string(),
        running: z.boolean().optional().catch(undefined),
        connected: z.boolean().optional().catch(undefined),
        lastError: z.string().nullish().catch(undefined),
        lastInboundAt: time,
        lastOutboundAt: time,
        lastIgnored: z.object({ at: z.number(), reason: z.string() }).nullish().catch(undefined),
      }),
    ),
  ),
});

export interface AccountInHost {
  readonly isRunning: boolean;
  readonly lastError: string | undefined;
  /** Of messages since the gateway began (ms since 1970). */
  readonly lastInboundAt: number | undefined;
  readonly lastOutboundAt: number | undefined;
  /** The last message that the policy dropped, and why. */
  readonly lastIgnored: { readonly at: number; readonly reason: string } | undefined;
}

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
    const words = ['channels', 'status', '--json'];
    text = (await run(path, words, { env: { ...env }, signal })).stdout;
  } catch {
    // The host refused, or took too long: what it says then is for a person to see.
    return undefined;
  }
  const parsed = statusSchema.safeParse(jsonIn(text));
  const own = parsed.success
    ? parsed.data.channelAccounts[PLUGIN_ID]?.find((account) => account.accountId === accountId)
    : undefined;
  return (
    own && {
      isRunning: own.running !== false,
      lastError: own.lastError || undefined,
      lastInboundAt: own.lastInboundAt ?? undefined,
      lastOutboundAt: own.lastOutboundAt ?? undefined,
      lastIgnored: own.lastIgnored ?? undefined,
    }
  );
}

/** The document in what a host prints: some print a banner above it. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{'))));
  } catch {
    // Not the document that was asked for: told as unknown.
    return undefined;
  }
}
