import { expect, test } from '@jest/globals';
import { Pace } from './pace.ts';

type Step = readonly [seconds: number, moved: number, state?: 'idle' | 'ours'];

test.each<[string, number, readonly Step[], number]>([
  ['as fast as it has to be', 100, [[0, 0], [10, 1_000], [20, 2_000]], -1],
  ['a byte slower', 100, [[0, 0], [5, 999], [10, 999]], 2],
  ['not at all', 0, [[0, 5], [9, 5], [10, 5]], 2],
  ['a single byte, where there is no rate', 0, [[0, 5], [10, 6], [20, 7]], -1],
  ['in jumps', 100, [[0, 0], [9, 0], [10, 5_000], [19, 5_000], [20, 5_001]], 4],
  ['nothing, while there is nothing to move', 100, [[0, 0, 'idle'], [100, 0, 'idle'], [200, 0], [209, 0]], -1],
  ['nothing since it is under way', 100, [[0, 0, 'idle'], [100, 0], [109, 0], [110, 0]], 3],
  ['nothing, while we keep it waiting', 100, [[0, 0], [50, 0, 'ours'], [100, 0, 'ours'], [109, 0]], -1],
  ['nothing, before and after we kept it waiting', 100, [[0, 0], [5, 0], [50, 0, 'ours'], [55, 0]], 3],
  ['again and again, with pauses', 100, [[0, 0], [9, 0], [10, 0, 'idle'], [11, 0], [20, 0]], -1],
])('what moves %s', (_story, bytesPerSecond, steps, slowAt) => {
  const pace = new Pace({ bytesPerSecond, overMs: 10_000 });
  const seen = steps.map(([seconds, moved, state]) =>
    pace.isTooSlow({ now: seconds * 1000, moved, isUnderWay: state !== 'idle', isOurTurn: state === 'ours' }),
  );
  expect(seen.indexOf(true)).toBe(slowAt);
});
