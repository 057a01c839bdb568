import { expect, test } from '@jest/globals';
import { cleanText } from '@rosterport/rules';
import { cleanIds } from './clean-ids.ts';

test.each([
  ['plain ones', ['1', 'E-007', '#7', 'Err:1', '~']],
  ['some with spaces around them', ['1', ' E2 ', '\u00a0E3', 'a b', '\t4\t']],
  ['some with letters in two forms', ['Å', 'Å', '李', '🙂']],
  ['a single one', ['x ']],
])('ids are as the rules would leave them: %s', (_what, ids) => {
  const told = Buffer.from(ids.map((id) => `${id}\0`).join(''));
  expect(Buffer.from(cleanIds(told)).toString()).toBe(ids.map((id) => `${cleanText(id)}\0`).join(''));
});
