import { expect, test } from '@jest/globals';
import { isScope, scopes } from './scope.ts';

test.each([...scopes])('%s is a scope', (scope) => {
  expect(isScope(scope)).toBe(true);
});

test.each(['', 'Upload', 'root', 'constructor', 'length'])('%j is none', (text) => {
  expect(isScope(text)).toBe(false);
});
