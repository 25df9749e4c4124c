/** A channel plugin and its peer in the same host: acknowledgement, answers, throughput, a kill -9. */
import type { Counted } from './answers.ts';
import {
  type ContenderName,
  contenders,
  type HostedPlugin,
  KNOWN_CHATS,
  startHosted,
} from './hosted-plugin.ts';
import type { Offer } from './platform.ts';
import { median } from './start-times.ts';

/** A host on two cores answers some two messages a second: more would measure its queue. */
export const PER_SECOND = 1;
export const IN_FLIGHT = 64;
/** Longer than any wait between two attempts that was seen (ms). */
const QUIET_MS = 60_000;

export interface Amount {
  readonly rounds: number;
  /** Messages that are answered one after the other. */
  readonly answered: number;
  /** Messages of people who may not talk. */
  readonly unanswered: number;
  /** Messages around the kill, which the last round has. */
  readonly crash: number;
}

/** Times in ms. */
interface Turns {
  readonly ackP50: number;
  readonly ackP99: number;
  readonly answerP50: number;
  readonly answerP99: number;
}

/** NaN where the system does not say. */
interface Load {
  readonly acksPerSecond: number;
  readonly loadAckP50: number;
  readonly loadAckP99: number;
  readonly cpuMsPer1000: number;
  readonly residentMb: number;
}

export interface PeerRun extends Turns, Load {
  readonly version: string;
  /** The host's name and version, as it says them. */
  readonly host: string;
  readonly crash: Counted;
}

/** In turn, so that what slows the machine slows both; each boots the host anew. Medians. */
export async function measurePeers(amount: Amount): Promise<Readonly<Record<string, PeerRun>>> {
  const names: readonly ContenderName[] = ['moltbot-feishu', '@openclaw/feishu'];
  const rounds = new Map<ContenderName, (Turns & Load)[]>();
  const runs = new Map<ContenderName, PeerRun>();
  for (let round = 1; round <= amount.rounds; round++) {
    for (const name of names) {
      console.error(`${name}, round ${round} …`);
      const plugin = await startHosted(contenders[name]);
      try {
        const turns = await turnsOf(plugin, amount.answered);
        // Before the load: what a plugin has acknowledged and not yet judged would be in its way.
        const crash = round === amount.rounds && (await crashOf(plugin, amount.crash));
        const load = await loadOf(plugin, amount.unanswered);
        const all = [...(rounds.get(name) ?? []), { ...turns, ...load }];
        rounds.set(name, all);
        const { version, host } = plugin;
        if (crash) runs.set(name, { version, host, ...medians(all), crash });
      } finally {
        await plugin.stop();
      }
    }
  }
  return Object.fromEntries(runs);
}

async function turnsOf({ platform }: HostedPlugin, count: number): Promise<Turns> {
  const answersTo = async (offer: Offer): Promise<Turns> => {
    const { ackMs } = await platform.offer(offer);
    const answerMs = await platform.answers(offer.count, QUIET_MS);
    const { lost } = platform.counted();
    if (lost > 0) throw new Error(`${lost} of ${offer.count} messages were not answered`);
    return {
      ackP50: ackMs.p50,
      ackP99: ackMs.p99,
      answerP50: answerMs.p50,
      answerP99: answerMs.p99,
    };
  };
  // The first turns load what the host loads late, and begin each chat's conversation.
  await answersTo({ count: 10, inFlight: 1, chats: 10 });
  return answersTo({ count, perSecond: PER_SECOND, chats: 10 });
}

/** Each event is received, kept, acknowledged and judged; none is answered. */
async function loadOf({ platform, ...plugin }: HostedPlugin, count: number): Promise<Load> {
  const strangers = { inFlight: IN_FLIGHT, chats: 50, firstChat: KNOWN_CHATS };
  await platform.offer({ ...strangers, count: Math.ceil(count / 5) });
  const before = plugin.cpuMs() ?? Number.NaN;
  const { acksPerSecond, ackMs } = await platform.offer({ ...strangers, count });
  return {
    acksPerSecond,
    loadAckP50: ackMs.p50,
    loadAckP99: ackMs.p99,
    cpuMsPer1000: ((plugin.cpuMs() ?? Number.NaN) - before) / (count / 1000),
    residentMb: plugin.residentMb() ?? Number.NaN,
  };
}

/** Faster than they are answered: at the kill some wait acknowledged, and some are in hand. */
async function crashOf({ platform, crash }: HostedPlugin, count: number): Promise<Counted> {
  await Promise.all([
    platform.offer({ count, perSecond: 4, chats: count, firstChat: 50 }),
    platform.answers(Math.ceil(count / 8), QUIET_MS).then(crash),
  ]);
  // All are answered now and then; that none is answered twice takes a while longer.
  await platform.answers(Number.POSITIVE_INFINITY, QUIET_MS);
  return platform.counted();
}

function medians(rounds: readonly (Turns & Load)[]): Turns & Load {
  const keys = Object.keys(rounds[0] ?? {}) as (keyof (Turns & Load))[];
  return Object.fromEntries(
    keys.map((key) => [key, median(rounds.map((round) => round[key]))]),
  ) as unknown as Turns & Load;
}
