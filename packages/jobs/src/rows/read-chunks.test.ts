import { expect, test } from '@jest/globals';
import { widening } from './read-chunks.ts';

const spansOf = (text: string) => text.split(' ').filter((part) => part !== '').map((part) => part.split('-').map(Number)).map(([from = 0, to = 0]) => ({ from, to }));

test.each([
  ['', ''],
  ['5-10', '5-10'],
  ['5-10 11-20 21-30 31-40 41-50 51-60 61-70 71-80', '5-10 11-30 31-70 71-80'],
  ['1-10 21-30 31-40 51-60 61-70 71-80', '1-10 21-40 51-80'],
])('%j widens to %j', (spans, wide) => {
  expect([...widening(spansOf(spans))]).toEqual(spansOf(wide));
});
