import { describe, it } from 'vitest';
import { expectNamed } from '../expect-named.ts';
import { faults } from '../faults/all.ts';

describe.concurrent('with one link to Redis broken', () => {
  it.each(faults.filter(({ needs }) => needs === 'redis-server'))('names it: $broken', expectNamed);
});
