/** Reads the state of one account from a running host's own `channels status`. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { parseJson } from '../../../shared/json.ts';
import type { HostProgram } from './host-programs.ts';
import { PLUGIN_ID } from './plugin-folders.ts';

const run = promisify(execFile);

const time = z.number().nullish().catch(undefined);

const accountSchema = z.object({
  accountId: z.string(),
  running: z.boolean().optional().catch(undefined),
  connected: z.boolean().optional().catch(undefined),
  /** ms since 1970 */
  lastStartAt: time,
  lastError: z.string().nullish().catch(undefined),
  lastInboundAt: time,
  lastOutboundAt: time,
  /** The agent's newest turn, where it failed; in the host's words. */
  lastAgentFailure: z.object({ at: z.number(), error: z.string() }).nullish().catch(undefined),
  /** The host's finding when it was asked to probe the account. */
  probe: z
    .object({ ok: z.boolean(), error: z.string().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
  lastIgnored: z.object({ at: z.number(), reason: z.string() }).nullish().catch(undefined),
});
export type HostAccountStatus = z.infer<typeof accountSchema>;

const statusSchema = z.object({
  channelAccounts: z.record(z.string(), z.array(z.unknown()).catch([])),
});

export interface ReadAccountStatusOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The host looks at the account itself, through its own network; that takes it longer. */
  readonly probe?: boolean;
}

/** `undefined` where the host does not tell: it refused, took too long, or knows no such account. */
export async function readAccountStatus(
  { path }: HostProgram,
  accountId: string,
  { env, signal, probe = false }: ReadAccountStatusOptions,
): Promise<HostAccountStatus | undefined> {
  let text: string;
  try {
    const options = { env: { ...env }, signal, maxBuffer: 16 * 1024 * 1024 };
    const words = ['channels', 'status', ...(probe ? ['--probe'] : []), '--json'];
    text = (await run(path, words, options)).stdout;
  } catch {
    // The host refused or took too long: its output is of use to a person only.
    return undefined;
  }
  const status = statusSchema.safeParse(jsonIn(text));
  const accounts = status.success ? (status.data.channelAccounts[PLUGIN_ID] ?? []) : [];
  return accounts
    .flatMap((account) => accountSchema.safeParse(account).data ?? [])
    .find((account) => account.accountId === accountId);
}

/** The document in what a host prints: some print a banner above it. */
export function jsonIn(text: string): unknown {
  return parseJson(text.slice(Math.max(0, text.search(/^\{/m))));
}
