import { expect, test } from '@jest/globals';
import type { TenantId } from '@rosterport/domain';
import { openLanes, type Lanes } from './lanes.ts';

const [a, b] = ['a', 'b'] as [TenantId, TenantId];

const stories: readonly (readonly [name: string, most: number, acts: (lanes: Lanes) => readonly boolean[], entered: readonly boolean[], woken: readonly TenantId[]])[] = [
  ['no more enter than there are lanes', 2, (lanes) => [lanes.enter(), lanes.enter(), lanes.enter()], [true, true, false], []],
  ['a lane that was left can be taken', 1, (lanes) => [lanes.enter(), (lanes.leave(), lanes.enter())], [true, true], []],
  ['who waits is woken when a lane is left, the longest first', 1, (lanes) => [lanes.enter(), (lanes.wait(a), lanes.wait(b), lanes.leave(), lanes.enter())], [true, true], [a]],
  ['all who wait are woken, one a lane', 1, (lanes) => [lanes.enter(), (lanes.wait(a), lanes.wait(b), lanes.leave(), lanes.enter()), (lanes.leave(), true)], [true, true, true], [a, b]],
  ['who waits though a lane is free is woken at once', 1, (lanes) => [(lanes.wait(b), true)], [true], [b]],
];

test.each(stories)('%s', (_, most, acts, entered, woken) => {
  const told: TenantId[] = [];
  expect(acts(openLanes(most, (tenantId) => told.push(tenantId)))).toEqual(entered);
  expect(told).toEqual(woken);
});
