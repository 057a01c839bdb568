import { describe, expect, test } from '@jest/globals';
import { issue, listIssues, receiptRows, splitIssues } from '@rosterport/domain';
import type { Job, ReportRow } from '@rosterport/domain';
import { receiptCsv } from './receipt-csv.ts';
import { receipt } from './receipt.ts';
import { countedStream, keptChanges, sampleJob, sampleRows, streamOf } from './sample-job.ts';

const secrets = ['ada.planted@example.com', '+46701234567', 'Planted Surname', 'PLANTED-EXPECTED'];
const [mail = '', phone = '', surname = '', expected = ''] = secrets;

const plantedJob: Job = {
  ...sampleJob,
  issues: listIssues({
    file: [issue('validateColumnNames', { found: surname, expected }), issue('validateRowErrors', { found: phone })],
    rows: [{ code: 'validateThatEmailIsCorrect', severity: 'error', count: 1 }],
  }),
};
const plantedRows: ReportRow[] = [
  { sheet: 'Users', row: 2, externalId: 'E1', result: 'created', issues: [] },
  {
    sheet: 'Users',
    row: 3,
    externalId: 'E2',
    result: 'rejected',
    issues: [
      issue('validateThatEmailIsCorrect', { sheet: 'Users', row: 3, column: 'Email', found: mail, expected }),
      issue('validateNoPhoneDuplicates', { sheet: 'Users', row: 3, column: 'PhoneNumber', found: phone, expected: surname }),
    ],
  },
];

describe('receipt', () => {
  test('names rows, codes and counts', async () => {
    const made = await receipt(sampleJob, streamOf(sampleRows));
    expect(made).toEqual({
      job: sampleJob.id,
      kind: 'file',
      state: 'applied',
      dryRun: false,
      reverts: null,
      fileName: 'users.xlsx',
      channel: 'sftp',
      receivedAt: sampleJob.receivedAt,
      finishedAt: sampleJob.finishedAt,
      counts: sampleJob.counts,
      changes: sampleJob.changes,
      guards: [],
      fileIssues: [],
      issueCounts: splitIssues(sampleJob.issues).rows,
      rows: [
        {
          sheet: 'Users',
          row: 3,
          externalId: 'E2',
          result: 'rejected',
          issues: [
            { code: 'validateThatEmailIsCorrect', severity: 'error', column: 'Email' },
            { code: 'validateMandatoryValues', severity: 'error', column: 'LastName' },
          ],
        },
        {
          sheet: 'Users',
          row: 4,
          externalId: 'E3',
          result: 'updated',
          issues: [{ code: 'validateGroupExists', severity: 'warning', column: 'Department' }],
        },
      ],
      kept: [],
      truncated: false,
    });
  });

  test('holds nothing that stands in a cell', async () => {
    const made = await receipt(plantedJob, streamOf(plantedRows));
    expect(JSON.stringify(plantedJob) + JSON.stringify(plantedRows)).toContain(mail);
    for (const text of [JSON.stringify(made), receiptCsv(made)]) {
      expect(text).toContain('validateNoPhoneDuplicates');
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  test('names the guards that hold a job, and the records that a revert kept', async () => {
    const breach = issue('validateSwappedIds', { found: `E1 was ${mail}` });
    const job: Job = { ...plantedJob, state: 'held', dryRun: true, issues: listIssues({ guards: [breach], file: [], rows: [] }) };
    const made = await receipt(job, streamOf(plantedRows), streamOf(keptChanges));
    expect(made).toMatchObject({
      dryRun: true,
      guards: [{ code: 'validateSwappedIds', severity: 'warning', column: null }],
      kept: [{ kind: 'user', externalId: '007', reason: 'changedSince' }],
    });
    const csv = receiptCsv(made);
    expect(csv).toContain('\r\ndry run;yes\r\n');
    expect(csv).toContain('\r\n;;;;validateSwappedIds;warning;\r\n');
    expect(csv).toContain('\r\n;;007;kept;changedSince;warning;\r\n');
    for (const text of [JSON.stringify(made), csv]) expect(text).not.toMatch(/planted|Berg/);
  });

  test.each([
    [receiptRows, false],
    [receiptRows + 1, true],
    [3 * receiptRows, true],
  ])('lists at most its limit of %i faulty rows, and says so', async (length, truncated) => {
    const rows = countedStream(length, (n): ReportRow => {
      return { sheet: null, row: n + 2, externalId: null, result: 'rejected', issues: [issue('validateActive')] };
    });
    const made = await receipt(sampleJob, rows.stream);
    expect(made.truncated).toBe(truncated);
    expect(made.rows).toHaveLength(receiptRows);
    expect(rows.taken()).toBeLessThanOrEqual(receiptRows + 1);
    expect(rows.ended()).toBe(true);
  });

  test('says that rows are missing once they are no longer kept', async () => {
    const job = { ...sampleJob, removed: { file: null, rows: '2026-09-01T00:00:00.000Z', journal: null } };
    expect(await receipt(job, streamOf([]))).toMatchObject({ rows: [], truncated: true, counts: sampleJob.counts });
    expect(await receipt({ ...job, issues: [] }, streamOf([]))).toMatchObject({ rows: [], truncated: false });
  });
});

describe('receiptCsv', () => {
  test('shows the facts, then a line for each finding', async () => {
    const made = await receipt(
      { ...plantedJob, fileName: '=users.xlsx' },
      streamOf([...plantedRows, { sheet: '@x', row: 4, externalId: '-1', result: 'skipped', issues: [issue('validateUserExists')] }]),
    );
    expect(receiptCsv(made).split('\r\n')).toEqual([
      `\uFEFFjob;${sampleJob.id}`,
      'state;applied',
      "file;'=users.xlsx",
      'channel;sftp',
      'received;2026-03-01T06:00:00.000Z',
      'finished;2026-03-01T06:00:02.000Z',
      'rows;3',
      'rejected;1',
      'skipped;0',
      'created;1',
      'reactivated;0',
      'deactivated;0',
      'updated;1',
      'unchanged;0',
      'users created;1',
      'users updated;1',
      'memberships added;12',
      'complete;yes',
      '',
      'sheet;row;externalId;result;code;severity;column',
      ';;;;validateColumnNames;error;',
      ';;;;validateRowErrors;error;',
      'Users;3;E2;rejected;validateThatEmailIsCorrect;error;Email',
      'Users;3;E2;rejected;validateNoPhoneDuplicates;error;PhoneNumber',
      "'@x;4;'-1;skipped;validateUserExists;warning;",
      '',
    ]);
  });
});
