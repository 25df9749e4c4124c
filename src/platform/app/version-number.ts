/** Version numbers of an app, X.Y.Z: the platform takes only higher ones (210303, docs/platform/app.md#how-an-app-sets-itself-up). Pure. */

type Numbers = readonly [bigint, bigint, bigint];

/** One patch above the highest; 1.0.0 where there is none. Texts of another form do not count. */
export function versionAfter(versions: readonly string[]): string {
  const highest = versions
    .flatMap((version) => numbersOf(version) ?? [])
    .reduce<Numbers | undefined>(
      (best, next) => (best && compare(best, next) >= 0 ? best : next),
      undefined,
    );
  if (!highest) return '1.0.0';
  return `${highest[0]}.${highest[1]}.${highest[2] + 1n}`;
}

/** Wrapped in a list, so that `flatMap` keeps the three together. */
function numbersOf(version: string): [Numbers] | undefined {
  const parts = /^(\d{1,18})\.(\d{1,18})\.(\d{1,18})$/.exec(version);
  if (!parts) return undefined;
  const [, major = '0', minor = '0', patch = '0'] = parts;
  return [[BigInt(major), BigInt(minor), BigInt(patch)]];
}

function compare(left: Numbers, right: Numbers): number {
  for (const index of [0, 1, 2] as const) {
    if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
  }
  return 0;
}
