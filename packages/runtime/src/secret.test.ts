import { expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { Secret } from './secret.ts';

test('a secret shows itself to nobody who does not ask', () => {
  const secret = new Secret('hunter2');
  const shown = [String(secret), JSON.stringify({ secret }), inspect({ secret }), inspect(secret, { showHidden: true })];
  expect(shown.join()).not.toContain('hunter2');
  expect(shown[0]).toBe('***');
  expect(secret.reveal()).toBe('hunter2');
});
