import { expect, test } from '@jest/globals';
import { rowResults, type Counts, type TenantId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { checkProperty } from '../testing/check-property.ts';
import { company, type Ran } from '../testing/company.ts';
import { countedChanges } from '../testing/counted-changes.ts';
import { dump } from '../testing/dump.ts';
import { journalOf } from '../testing/journal-replay.ts';
import { fileOf, randomFile, type RandomFile } from '../testing/random-files.ts';
import { faultsOf } from '../testing/soundness.ts';

const at = testDatabase();
const files = fc.array(randomFile, { minLength: 1, maxLength: 4 });

const sum = (counts: Counts): number => rowResults.reduce((total, result) => total + counts[result], 0);
const rowsOf = ({ users = [], groups = [] }: RandomFile): number => users.length + groups.length;

/** Who manages what by the facts, one text each. */
async function managersOf(tenantId: TenantId): Promise<ReadonlySet<string>> {
  const { rows } = await at.db.pool.query<{ pair: string }>(`select group_id || ' by ' || user_id as pair from group_managers where tenant_id = $1`, [tenantId]);
  return new Set(rows.map(({ pair }) => pair));
}

test('counts add up to the rows, changes to the journal and to who manages what, and the directory stays sound', async () => {
  await checkProperty(files, async (sequence) => {
    const place = await company(at.db);
    for (const file of sequence) {
      const managers = await managersOf(place.tenantId);
      const { jobId, counts, changes }: Ran = await place.run(fileOf(place, file));
      expect(sum(counts)).toBe(rowsOf(file));
      const entries = (await journalOf(at.db, place.tenantId)).filter(({ job }) => job === jobId);
      expect(changes).toMatchObject(countedChanges(entries));
      const now = await managersOf(place.tenantId);
      const added = [...now].filter((pair) => !managers.has(pair)).length;
      expect(changes).toMatchObject({ managersAdded: added, managersRemoved: managers.size + added - now.size });
      expect(faultsOf(await dump(at.db, place.tenantId))).toEqual([]);
    }
  });
});

test('a file that comes twice does the second time nothing', async () => {
  await checkProperty(files, async (sequence) => {
    const place = await company(at.db);
    for (const file of sequence) {
      await place.run(fileOf(place, file));
      const once = await dump(at.db, place.tenantId);
      const { jobId, counts, changes } = await place.run(fileOf(place, { ...file, matchesByEmail: false }));
      expect(await dump(at.db, place.tenantId)).toEqual(once);
      expect(counts.rejected + counts.skipped + counts.unchanged).toBe(rowsOf(file));
      expect(Object.values(changes).filter((count) => count !== 0)).toEqual([]);
      expect((await journalOf(at.db, place.tenantId)).filter(({ job }) => job === jobId)).toEqual([]);
    }
  });
});
