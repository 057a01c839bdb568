import { expect, test } from '@jest/globals';
import { countedRows, noChanges, type Job } from '@rosterport/domain';
import {
  countResults,
  generate,
  shownDirectory,
  shownRows,
  sortedDirectory,
  sortedRows,
  toCsv,
  toXlsxByExceljs,
  type ExpectedRow,
} from '@rosterport/fixtures';
import { directoryOf, finishedJob, rowsOf, uploadFile } from './product/https-client.ts';
import { sharedProduct } from './product/shared-product.ts';
import { put, withSftp } from './product/sftp-client.ts';
import { emptied, jobIds, newJob } from './stories.ts';

const size = { users: 10_000, groups: 400, faultShare: 0.15, dialect: 'excel' } as const;
/** Milliseconds; for a machine that has much else to do. */
const within = 240_000;

const at = sharedProduct();

/** Holds a job against the verdicts that the generator wrote down when it planted the faults. */
async function expectReport(job: Job, expected: readonly ExpectedRow[]): Promise<void> {
  expectSame(shownRows(await rowsOf(at.product, job.id)), sortedRows(expected));
  expect(job).toMatchObject({ state: 'applied', counts: countResults(expected) });
  expect(countedRows(job.counts)).toBe(expected.length);
}

/** Compares lists that are too long to be shown: only what differs is. */
function expectSame(found: readonly unknown[], expected: readonly unknown[]): void {
  const lacking = (from: readonly unknown[], others: readonly unknown[]): unknown[] => {
    const known = new Set(others.map((one) => JSON.stringify(one)));
    return from.filter((one) => !known.has(JSON.stringify(one)));
  };
  expect({ surplus: lacking(found, expected), missing: lacking(expected, found) }).toEqual({ surplus: [], missing: [] });
  expect(found.length).toBe(expected.length);
}

/** The same file once more: what was applied is unchanged, what was rejected or skipped stays so, and nothing else happens. */
async function expectNothingNew(job: Job, first: readonly ExpectedRow[]): Promise<void> {
  const again = first.map((row): ExpectedRow => ({ ...row, result: row.result === 'created' ? 'unchanged' : row.result }));
  const verdicts = (rows: readonly ExpectedRow[]): unknown[] => rows.map(({ sheet, row, externalId, result }) => ({ sheet, row, externalId, result }));
  expectSame(verdicts(shownRows(await rowsOf(at.product, job.id))), verdicts(sortedRows(again)));
  expect(job).toMatchObject({ state: 'applied', changes: noChanges, counts: countResults(again) });
}

const ofCsv = (rows: readonly ExpectedRow[]): readonly ExpectedRow[] => rows.map((row) => ({ ...row, sheet: null }));

test('10,000 people and 400 groups with planted faults, as two CSV files over SFTP, twice', async () => {
  const { users, groups, oracle } = generate({ ...size, seed: 41 });
  const send = async (name: string, table: typeof users): Promise<Job> => {
    const known = await jobIds(at.product);
    await withSftp(at.product, (sftp) => put(sftp, `/incoming/${name}`, Buffer.from(toCsv(table))));
    return newJob(at.product, known);
  };
  await expectReport(await send('groups.csv', groups), ofCsv(oracle.groupsAlone));
  await expectReport(await send('users.csv', users), ofCsv(oracle.users));
  const directory = await directoryOf(at.product);
  expect(shownDirectory(directory.users, directory.groups)).toEqual(sortedDirectory(oracle.directory));

  await expectNothingNew(await send('users.csv', users), ofCsv(oracle.users));
  expect(await directoryOf(at.product)).toEqual(directory);
}, within);

test('10,000 people and 400 groups with planted faults, as one workbook over HTTPS, twice', async () => {
  await emptied(at.database);
  const { users, groups, oracle } = generate({ ...size, seed: 42 });
  const bytes = await toXlsxByExceljs([users, groups]);
  const send = async (): Promise<Job> => {
    const { status, headers } = await uploadFile(at.product, { fileName: 'company.xlsx', bytes, path: '/v1/files' });
    expect(status).toBe(202);
    const location = String(headers['location']);
    return finishedJob(at.product, location.slice(location.lastIndexOf('/') + 1));
  };
  const rows = [...oracle.users, ...oracle.groups];
  await expectReport(await send(), rows);
  const directory = await directoryOf(at.product);
  expect(shownDirectory(directory.users, directory.groups)).toEqual(sortedDirectory(oracle.directory));

  await expectNothingNew(await send(), rows);
  expect(await directoryOf(at.product)).toEqual(directory);
}, within);
