import { expect, test } from '@jest/globals';
import type { AttributeChange } from '@rosterport/domain';
import { warnOfAttributes } from './attribute-changes.ts';

const defined = (count: number): AttributeChange[] =>
  Array.from({ length: count }, (_, index) => ({ before: null, after: { name: `Column ${index + 1}`, type: 'text', options: [], required: false } }));

test('a few new attributes are told one by one', () => {
  expect(warnOfAttributes(defined(20)).map(({ column, found }) => [column, found])).toEqual(
    Array.from({ length: 20 }, (_, index) => [`Column ${index + 1}`, `Column ${index + 1}`]),
  );
});

test('thousands of new attributes are one finding, with their number and the first of their names', () => {
  const list = { name: 'City', type: 'list', required: false } as const;
  const grown: AttributeChange = { before: { ...list, options: ['Lund'] }, after: { ...list, options: ['Lund', 'Malmö'] } };
  const [all, options, ...others] = warnOfAttributes([...defined(5_000), grown]);
  expect(all).toMatchObject({
    ...{ code: 'validateNewAttributes', column: null },
    message: 'The file defines attributes that were not known: 5000 of them: Column 1, Column 2, Column 3, Column 4, Column 5, Column 6, Column 7, Column 8, Column 9, Column 10 and 4990 more.',
  });
  expect([options?.code, others]).toEqual(['validateNewOptions', []]);
});
