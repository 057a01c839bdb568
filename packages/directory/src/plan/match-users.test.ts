import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import { company } from '../testing/company.ts';
import { staff } from '../testing/staff.ts';

const at = testDatabase();

/** Their ids from behind, so that the order of the file is not that of the ids. */
const backwards = (first: number, last: number): { readonly id: string }[] => staff(last).slice(first - 1).map(({ id }) => ({ id })).reverse();

test.each([
  { what: 'few, of whom nobody is known', before: 0, rows: 50 },
  { what: 'many, of whom nobody is known', before: 0, rows: 5_000 },
  { what: 'many, of whom some are known', before: 50, rows: 5_000 },
])('new people stand in the order of the file: $what', async ({ before, rows }) => {
  const { tenantId, run } = await company(at.db);
  const known = backwards(1, before);
  if (before > 0) await run({ users: known });
  const unknown = backwards(before + 1, rows);
  // One of them stands in a second row, and nobody is refused for it.
  const { counts } = await run({ users: [...known, ...unknown, { id: `E${rows}`, groups: ['D1'] }] });
  expect(counts).toMatchObject({ created: unknown.length + 1, unchanged: before });
  const { rows: people } = await at.db.pool.query<{ id: string }>('select external_id as id from users where tenant_id = $1 order by users.id', [tenantId]);
  expect(people).toEqual([...known, ...unknown]);
});
