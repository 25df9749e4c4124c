/** How a host sends, finds and names targets; the work itself is loaded when it is asked for. */
import type { DirectoryRequest } from '../people/lookup.ts';
import { normalizeTarget } from '../people/targets.ts';
import type { ClientMemory } from '../section/account-client.ts';
import { presentationCapabilities, withPresentation } from './presentation-payload.ts';
import type { OutboundPayload, OutboundText, SendMemory } from './send.ts';

/** A post holds 30 KB; Chinese takes 3 bytes a character, so that this leaves room for the markup. */
const TEXT_CHUNK_LIMIT = 4000;
const HINT = '<user:ou_…|chat:oc_…|name of a group>';

const loadSend = () => import('./send.ts');
const loadLookup = () => import('../people/lookup.ts');

export const outboundAdapter = (memory: SendMemory) => ({
  deliveryMode: 'direct',
  // Texts are cut where they are sent, by what a message of its kind may weigh.
  chunker: null,
  textChunkLimit: TEXT_CHUNK_LIMIT,
  resolveTarget: ({ to }: { readonly to?: string }) => {
    const target = to?.trim() ?? '';
    return target === ''
      ? { ok: false, error: new Error(`Feishu needs a target: ${HINT}`) }
      : { ok: true, to: normalizeTarget(target) ?? target };
  },
  sendText: async (text: OutboundText) => (await loadSend()).sendText(memory, text),
  sendPayload: async (payload: OutboundPayload) => (await loadSend()).sendPayload(memory, payload),
  // OpenClaw only: what the agent presents goes to `sendPayload` as it is.
  presentationCapabilities,
  renderPresentation: ({
    payload,
    presentation,
  }: {
    readonly payload: OutboundPayload['payload'];
    readonly presentation: unknown;
  }) => withPresentation(payload, presentation),
  sendMedia: async (media: OutboundText) => (await loadSend()).sendMedia(memory, media),
});

export const messaging = {
  normalizeTarget,
  targetResolver: {
    looksLikeId: (raw: string): boolean => normalizeTarget(raw) !== undefined,
    hint: HINT,
  },
};

export const directoryAdapter = (memory: ClientMemory) => ({
  self: async (request: DirectoryRequest) => (await loadLookup()).getSelf(memory, request),
  listPeers: async (request: DirectoryRequest) => (await loadLookup()).listPeers(memory, request),
  listGroups: async (request: DirectoryRequest) => (await loadLookup()).listGroups(memory, request),
});

export const resolverAdapter = (memory: ClientMemory) => ({
  resolveTargets: async (
    request: DirectoryRequest & {
      readonly inputs: readonly string[];
      readonly kind: 'user' | 'group';
    },
  ) => (await loadLookup()).resolveTargets(memory, request),
});
