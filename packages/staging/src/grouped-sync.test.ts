import { expect, test } from '@jest/globals';
import { groupedSync } from './grouped-sync.ts';

interface Running {
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

function manual(): { readonly sync: () => Promise<void>; readonly begun: Running[] } {
  const begun: Running[] = [];
  return { begun, sync: () => new Promise((end, fail) => begun.push({ end, fail })) };
}

const turn = (): Promise<void> => new Promise(setImmediate);

test('who asks while a sync runs gets the next one, all together', async () => {
  const { sync, begun } = manual();
  const ask = groupedSync(sync);
  const ended: string[] = [];
  const first = ask().then(() => ended.push('first'));
  const others = ['second', 'third'].map((name) => ask().then(() => ended.push(name)));
  await turn();
  expect(begun).toHaveLength(1);
  begun[0]!.end();
  await first;
  await turn();
  expect(ended).toEqual(['first']);
  expect(begun).toHaveLength(2);
  begun[1]!.end();
  await Promise.all(others);
  expect(begun).toHaveLength(2);
});

test('each later one gets a sync that began after it asked', async () => {
  const { sync, begun } = manual();
  const ask = groupedSync(sync);
  const all = [ask(), ask()];
  begun[0]!.end();
  await turn();
  all.push(ask());
  await turn();
  expect(begun).toHaveLength(2);
  begun[1]!.end();
  await turn();
  expect(begun).toHaveLength(3);
  begun[2]!.end();
  await Promise.all(all);
  const alone = ask();
  expect(begun).toHaveLength(4);
  begun[3]!.end();
  await alone;
});

test('a failure reaches those who waited for that sync and nobody else', async () => {
  const { sync, begun } = manual();
  const ask = groupedSync(sync);
  const results = Promise.allSettled([ask(), ask()]);
  begun[0]!.fail(new Error('EIO'));
  await turn();
  begun[1]!.end();
  expect((await results).map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
});
