/** Groups and people by name, as far as the app may know them. */
import { z } from 'zod';
import { createNameDirectory } from '../../channel/message/directory/name-directory.ts';
import type { PlatformClient } from '../../platform/client/client.ts';
import { isMoltbotFeishuError } from '../../shared/errors.ts';
import { silentLogger } from '../../shared/log.ts';
import { visible } from '../../shared/terminal/visible.ts';
import { answerTimeout } from '../../shared/time/waiting.ts';
import type { HostConfig } from '../host-config.ts';
import { accountClient, type ClientMemory } from '../section/account-client.ts';
import { normalizeTarget } from './targets.ts';

export interface DirectoryRequest {
  readonly cfg: HostConfig;
  readonly accountId?: string | null;
  readonly query?: string | null;
  readonly limit?: number | null;
}

export interface DirectoryEntry {
  readonly kind: 'user' | 'group';
  readonly id: string;
  readonly name?: string;
}

const PAGE_SIZE = 100;
/** Ten pages of groups; who has more names them by id. */
const MAX_PAGES = 10;
const TIMEOUT_MS = 10_000;

const chatsSchema = z.object({
  items: z.array(z.object({ chat_id: z.string(), name: z.string().nullish() })).nullish(),
  has_more: z.boolean().nullish(),
  page_token: z.string().nullish(),
});

export async function listGroups(
  memory: ClientMemory,
  request: DirectoryRequest,
): Promise<DirectoryEntry[]> {
  const { client } = await accountClient(memory, request.cfg, request.accountId);
  const entries = (await allChats(client)).map(
    ({ chat_id, name }): DirectoryEntry => ({
      kind: 'group',
      id: `chat:${chat_id}`,
      ...(name && { name }),
    }),
  );
  return selected(entries, request);
}

async function allChats(client: PlatformClient) {
  const signal = answerTimeout(TIMEOUT_MS);
  const chats: { chat_id: string; name?: string | null | undefined }[] = [];
  let pageToken = '';
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = await client.call(
      {
        method: 'GET',
        path: '/open-apis/im/v1/chats',
        query: { page_size: String(PAGE_SIZE), ...(pageToken && { page_token: pageToken }) },
        schema: chatsSchema,
        family: 'general',
        safeToRepeat: true,
      },
      { signal },
    );
    chats.push(...(answer.items ?? []));
    pageToken = answer.page_token ?? '';
    if (!answer.has_more || pageToken === '') break;
  }
  return chats;
}

/** The people whom the config names: a bot may look people up, but has no list of them. */
export async function listPeers(
  memory: ClientMemory,
  request: DirectoryRequest,
): Promise<DirectoryEntry[]> {
  const { account, client } = await accountClient(memory, request.cfg, request.accountId);
  const inGroups = Object.values(account.groups).flatMap((group) => group.allowFrom ?? []);
  const ids = [...new Set([...account.allowFrom, ...inGroups])].filter((id) => id !== '*');
  const names = createNameDirectory({
    client,
    now: Date.now,
    log: silentLogger,
    signal: answerTimeout(TIMEOUT_MS),
  });
  const entries = await Promise.all(
    ids.map(async (openId): Promise<DirectoryEntry> => {
      const name = await names.user(openId);
      return { kind: 'user', id: `user:${openId}`, ...(name !== undefined && { name }) };
    }),
  );
  return selected(entries, request);
}

function selected(entries: readonly DirectoryEntry[], { query, limit }: DirectoryRequest) {
  const wanted = query?.trim().toLowerCase() ?? '';
  const found = entries.filter(({ id, name }) =>
    [id, name ?? ''].some((text) => text.toLowerCase().includes(wanted)),
  );
  // A host prints the names as they are.
  return found
    .slice(0, limit && limit > 0 ? limit : undefined)
    .map((entry) => (entry.name ? { ...entry, name: visible(entry.name) } : entry));
}

export async function getSelf(
  memory: ClientMemory,
  request: DirectoryRequest,
): Promise<DirectoryEntry | null> {
  const { client } = await accountClient(memory, request.cfg, request.accountId);
  try {
    const { openId, name } = await client.botInfo({ signal: answerTimeout(TIMEOUT_MS) });
    return { kind: 'user', id: `user:${openId}`, name: visible(name) };
  } catch (error) {
    if (isMoltbotFeishuError(error)) return null;
    throw error;
  }
}

export interface ResolvedTarget {
  readonly input: string;
  readonly resolved: boolean;
  readonly id?: string;
  readonly name?: string;
  readonly note?: string;
}

export async function resolveTargets(
  memory: ClientMemory,
  request: DirectoryRequest & {
    readonly inputs: readonly string[];
    readonly kind: 'user' | 'group';
  },
): Promise<ResolvedTarget[]> {
  const { cfg, accountId, inputs, kind } = request;
  const isId = (input: string): boolean => normalizeTarget(input) !== undefined;
  const needsList = inputs.some((input) => input.trim() !== '' && !isId(input));
  const list = kind === 'user' ? listPeers : listGroups;
  const entries = needsList ? await list(memory, { cfg, ...(accountId && { accountId }) }) : [];
  return inputs.map((input) => resolveOne(input, entries));
}

function resolveOne(input: string, entries: readonly DirectoryEntry[]): ResolvedTarget {
  const id = normalizeTarget(input);
  if (id !== undefined) return { input, resolved: true, id };
  const wanted = input.trim().toLowerCase();
  if (wanted === '') return { input, resolved: false, note: 'empty' };
  const found = entries.filter(({ name }) => name?.toLowerCase() === wanted);
  const [only] = found;
  if (!only) return { input, resolved: false, note: 'no person and no group of this name' };
  if (found.length > 1) return { input, resolved: false, note: 'several have this name' };
  return { input, resolved: true, id: only.id, ...(only.name && { name: only.name }) };
}
