/** What was felt of each plugin, by how many chats ask at once, as curves. Pure. */
import { chart } from '../svg.ts';
import { type FeltPlugin, medianFelt } from './felt-tables.ts';
import type { ScenarioName } from './scenario.ts';

type Plugins = Readonly<Record<string, FeltPlugin>>;

/** By the name of the file, without its ending. */
export function feltCurves(plugins: Plugins): Readonly<Record<string, string>> {
  return {
    'first-text': chart({
      title: 'First text seen, agent that streams for 4 s, p50',
      x: 'chats that ask at once',
      y: 'ms',
      isLogX: true,
      series: byChats(plugins, 'streaming', ({ firstText }) => firstText.p50),
    }),
    'whole-answer': chart({
      title: 'Answer seen whole, agent that answers at once, p50',
      x: 'chats that ask at once',
      y: 'ms',
      isLogX: true,
      series: byChats(plugins, 'instant', ({ whole }) => whole.p50),
    }),
  };
}

function byChats(
  plugins: Plugins,
  scenario: ScenarioName,
  y: (felt: ReturnType<typeof medianFelt>) => number,
): Readonly<Record<string, readonly { readonly x: number; readonly y: number }[]>> {
  return Object.fromEntries(
    Object.entries(plugins).map(([name, { rounds }]) => {
      const numbers = rounds[0]?.[scenario]?.keys() ?? [];
      const points = [...numbers].map((index) => {
        const felt = medianFelt(rounds.flatMap((round) => round[scenario]?.[index] ?? []));
        return { x: felt.chats, y: y(felt) };
      });
      return [name, points];
    }),
  );
}
