import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { ServerChannel } from 'ssh2';
import { watchSession } from './watch-session.ts';

test('an upload that is over is no reason to cut its session, and the next one is measured anew', () => {
  const channel = Object.assign(new EventEmitter(), { writableNeedDrain: false }) as unknown as ServerChannel;
  const meter = { uploads: 1, written: 1 };
  const sluggish = watchSession(channel, { limits: { slowestUpload: 1_000_000_000, stallMs: 300 }, meter, isOurTurn: () => false });
  expect([sluggish(0), sluggish(200)]).toEqual([null, null]);
  meter.uploads = 0;
  expect(sluggish(10_000)).toBeNull();
  meter.uploads = 1;
  expect([sluggish(20_000), sluggish(20_299), sluggish(20_300)]).toEqual([null, null, 'slowUpload']);
});
