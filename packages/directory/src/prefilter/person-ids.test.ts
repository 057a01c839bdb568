import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PersonIds } from './person-ids.ts';

test('has the ids of the text and no others', () => {
  const id = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 2 ** 52 }));
  fc.assert(
    fc.property(fc.uniqueArray(id), fc.array(id), (ids, asked) => {
      const ascending = [...ids].sort((one, other) => one - other);
      const people = new PersonIds(ids.length, ascending.join(' '));
      expect(people.size).toBe(ids.length);
      expect([...ids, ...asked].filter((one) => people.has(one))).toEqual([...ids, ...asked.filter((one) => ids.includes(one))]);
    }),
  );
});
