/** Which media an answer may send, and what sends them. */

import { createAgents } from '../../../platform/network/proxy.ts';
import type { AllowAddress } from '../../../platform/network/public-address.ts';
import { createPublicFetch, type ResolveAll } from '../../../platform/network/public-fetch.ts';
import type { Logger } from '../../../shared/log.ts';
import { createFfmpeg } from './ffmpeg.ts';
import type { FetchTimes } from './found/fetch-media.ts';
import type { MediaRoots } from './found/media-roots.ts';
import { createOutgoingMedia, type OutgoingMedia } from './outgoing-media.ts';
import type { UploadClient } from './upload.ts';

export interface MediaPolicy {
  /** Default: no local files. */
  readonly roots?: MediaRoots;
  /** Addresses that may be fetched; default: the public ones. For tests. */
  readonly isAllowedAddress?: AllowAddress;
  /** Resolves names; default: the system. For tests. */
  readonly lookup?: ResolveAll;
  readonly times?: FetchTimes;
}

const nowhere: MediaRoots = { base: '/', allowed: [], denied: [] };

export function openOutgoingMedia(
  { roots = nowhere, isAllowedAddress, lookup, times }: MediaPolicy,
  {
    client,
    env,
    log,
  }: {
    readonly client: UploadClient;
    /** Where the proxy variables and PATH are read. */
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly log: Logger;
  },
): OutgoingMedia {
  return createOutgoingMedia({
    client,
    roots,
    fetch: createPublicFetch({
      agents: createAgents(env),
      userAgent: 'moltbot-feishu',
      isAllowed: isAllowedAddress,
      lookup,
    }),
    ffmpeg: createFfmpeg({ env }),
    log,
    ...(times && { times }),
  });
}
