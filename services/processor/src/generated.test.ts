import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  countResults,
  generate,
  shownDirectory,
  shownRows,
  sortedDirectory,
  sortedRows,
  toCsv,
  toXlsBySheetjs,
  toXlsxByExceljs,
  toXlsxBySheetjs,
  type ExpectedRow,
  type Generated,
} from '@rosterport/fixtures';
import { splitIssues } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openIngest, type Ended, type Ingest } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();

beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results cascade');
});

const size = { users: 300, groups: 120, faultShare: 0.2 } as const;

/** Checks a report and the directory against what the generator planted, never against the code. */
async function withCompany(generated: Generated, tell: (ingest: Ingest) => Promise<Ended>): Promise<void> {
  const ingest = await openIngest({ database: at.db, folder });
  try {
    const { users } = generated.oracle;
    const { job, rows } = await tell(ingest);
    expect({ failure: job.failure, state: job.state, file: splitIssues(job.issues).file.filter((found) => found.severity === 'error') }).toEqual({
      failure: null,
      state: 'applied',
      file: [],
    });
    const people = rows.filter((row) => row.sheet === null || row.sheet === 'Users');
    expect(shownRows(people)).toEqual(sortedRows(onSheet(users, people[0]?.sheet ?? null)));
    const directory = await ingest.directory();
    expect(shownDirectory(directory.users, directory.groups)).toEqual(sortedDirectory(generated.oracle.directory));
  } finally {
    await ingest.close();
  }
}

function onSheet(rows: readonly ExpectedRow[], sheet: string | null): readonly ExpectedRow[] {
  return rows.map((row) => ({ ...row, sheet }));
}

describe('generated companies with planted faults', () => {
  test.each([1, 2, 3, 4])('as two CSV files, seed %i', async (seed) => {
    const generated = generate({ seed, ...size, dialect: seed % 2 === 0 ? 'csv' : 'excel' });
    await withCompany(generated, async (ingest) => {
      // Half of them are planned while they are read.
      if (seed > 2) Object.assign(ingest.context, { sieveFrom: 0, partBytes: 1 });
      const separator = seed % 2 === 0 ? ';' : '|';
      const groups = await ingest.sendBytes('groups.csv', Buffer.from(toCsv(generated.groups, { separator })));
      expect(shownRows(groups.rows)).toEqual(sortedRows(onSheet(generated.oracle.groupsAlone, null)));
      return ingest.sendBytes('users.csv', Buffer.from(toCsv(generated.users, { separator })));
    });
  });

  test('with few groups, so that people of several rows name several managers for one group', async () => {
    const generated = generate({ seed: 7, users: 600, groups: 30, faultShare: 0.2, dialect: 'csv' });
    await withCompany(generated, async (ingest) => {
      await ingest.sendBytes('groups.csv', Buffer.from(toCsv(generated.groups, { separator: ';' })));
      return ingest.sendBytes('users.csv', Buffer.from(toCsv(generated.users, { separator: ';' })));
    });
  });

  test.each([
    ['exceljs .xlsx', (generated: Generated) => toXlsxByExceljs([generated.users, generated.groups])],
    ['SheetJS .xlsx', (generated: Generated) => Promise.resolve(toXlsxBySheetjs([generated.groups, generated.users]))],
    ['SheetJS .xls', (generated: Generated) => Promise.resolve(toXlsBySheetjs([generated.users, generated.groups]))],
  ] as const)('as one workbook, %s', async (_name, write) => {
    const generated = generate({ seed: 7, ...size, dialect: 'excel', without: ['longValue'] });
    await withCompany(generated, async (ingest) => {
      const ended = await ingest.sendBytes('company', await write(generated));
      const both = [...generated.oracle.users, ...generated.oracle.groups];
      expect(splitIssues(ended.job.issues).file.filter((found) => found.severity === 'error')).toEqual([]);
      expect(ended.job.counts).toEqual(countResults(both));
      expect(shownRows(ended.rows)).toEqual(sortedRows(both));
      return ended;
    });
  });
});
