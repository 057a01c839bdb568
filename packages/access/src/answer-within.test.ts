import { expect, test } from '@jest/globals';

import { answerWithin } from './answer-within.ts';

test('an answer is passed on', async () => {
  await expect(answerWithin(60, Promise.resolve('yes'))).resolves.toBe('yes');
});

test('an error is passed on', async () => {
  await expect(answerWithin(60, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('silence is a database that is away, and an error that comes after it is dropped', async () => {
  let fail = (_error: Error): void => undefined;
  const answer = new Promise((_resolve, reject) => {
    fail = reject;
  });
  await expect(answerWithin(0.01, answer)).rejects.toMatchObject({ code: 'databaseUnavailable' });
  fail(new Error('too late'));
  await expect(answer).rejects.toThrow('too late');
});
