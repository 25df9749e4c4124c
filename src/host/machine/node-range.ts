/** Whether a Node version is one that a host's `engines.node` takes. Pure. */

/**
 * Comparators (`>=22.12.0`, `<25`, `^24`, `24.x`) side by side mean all of them, `||` any. A range of
 * another form counts as met: it is no reason to call a host broken.
 *
 * @param version as `process.version` has it
 */
export function satisfiesRange(version: string, range: string): boolean {
  const actual = numbersOf(version);
  return range.split('||').some((part) =>
    part
      .trim()
      .replace(/([<>=^~])\s+/g, '$1')
      .split(/\s+/)
      .filter(Boolean)
      .every((comparator) => meets(actual, comparator)),
  );
}

type Numbers = readonly [number, number, number];

function meets(actual: Numbers, comparator: string): boolean {
  const match = /^(>=|<=|>|<|=|\^|~)?v?(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/i.exec(comparator);
  if (!match) return true;
  const [, operator = '=', ...parts] = match;
  const wanted = numbersOf(parts.join('.'));
  const order = compare(actual, wanted);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    case '<':
      return order < 0;
    case '^':
      return order >= 0 && actual[0] === wanted[0];
    case '~':
      return order >= 0 && actual[0] === wanted[0] && actual[1] === wanted[1];
    default:
      return parts.every(
        (part, index) =>
          part === undefined || !/^\d+$/.test(part) || actual[index] === Number(part),
      );
  }
}

function numbersOf(version: string): Numbers {
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^v/, '')
    .split(/[.-]/)
    .map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
}

function compare(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
