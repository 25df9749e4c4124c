/** Every plugin that the host loads, in turn, in both orders. */
import { type ContenderName, contenders } from '../hosted-plugin.ts';
import { startFelt } from './felt-host.ts';
import { createAsking, type Felt, feltTurns, warmUp } from './felt-runs.ts';
import type { FeltPlugin, FeltRound } from './felt-tables.ts';
import { type ScenarioName, scenarios } from './scenario.ts';

export interface FeltAmount {
  readonly rounds: number;
  readonly scenarios: readonly ScenarioName[];
  /** More chats at once than this are left out. */
  readonly mostChats: number;
  /** Each plugin's round as soon as it is measured: the whole takes long. */
  readonly onRound: (name: string, round: FeltRound) => void;
}

export interface FeltPeers {
  readonly host: string;
  readonly plugins: Readonly<Record<string, FeltPlugin>>;
  /** Plugins that the host did not load or that did not connect, and why. */
  readonly notLoaded: Readonly<Record<string, string>>;
}

export async function feltPeers(amount: FeltAmount): Promise<FeltPeers> {
  const names = Object.keys(contenders) as ContenderName[];
  const plugins = new Map<string, { version: string; rounds: FeltRound[] }>();
  const notLoaded: Record<string, string> = {};
  let host = 'unknown';
  for (let round = 1; round <= amount.rounds; round++) {
    const order = round % 2 === 1 ? names : [...names].reverse();
    for (const name of order) {
      if (notLoaded[name] !== undefined) continue;
      console.error(`felt: ${name}, round ${round} …`);
      try {
        const felt = await startFelt(contenders[name]);
        try {
          host = felt.hostVersion;
          const plugin = plugins.get(name) ?? { version: felt.version, rounds: [] };
          plugins.set(name, plugin);
          const measured = await oneRound(felt, amount);
          plugin.rounds.push(measured);
          amount.onRound(name, measured);
        } finally {
          await felt.stop();
        }
      } catch (error) {
        if (name === 'moltbot-feishu') throw error;
        notLoaded[name] = (error instanceof Error ? error.message : String(error)).slice(0, 300);
      }
    }
  }
  return { host, plugins: Object.fromEntries(plugins), notLoaded };
}

async function oneRound(
  felt: Awaited<ReturnType<typeof startFelt>>,
  amount: FeltAmount,
): Promise<FeltRound> {
  const asking = createAsking();
  const round: Partial<Record<ScenarioName, readonly Felt[]>> = {};
  await warmUp(felt, scenarios.instant, asking);
  for (const name of amount.scenarios) {
    const measured: Felt[] = [];
    for (const chats of scenarios[name].chats) {
      if (chats.count > amount.mostChats) continue;
      measured.push(await feltTurns(felt, scenarios[name], asking, chats));
      console.error(`  ${name}, ${chats.count} chats: whole ${measured.at(-1)?.whole.p50} ms`);
    }
    round[name] = measured;
  }
  return round;
}
