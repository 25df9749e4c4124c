/**
 * The keys of the other plugins and the kinds of their values, as facts: `path: kinds`, a kind being a
 * type or one allowed word. The test in test/host/real compares them with the published schemas.
 */
import { readFileSync } from 'node:fs';
import type { Peer } from '../../../src/config/peers/keys/peer.ts';

export type Kinds = Readonly<Record<string, readonly string[]>>;

export const recordedFacts = JSON.parse(
  readFileSync(new URL('recorded-facts.json', import.meta.url), 'utf8'),
) as Readonly<Record<Peer, Kinds>>;
