import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { fixturePath, toXlsxByExceljs, type Table } from '@rosterport/fixtures';
import { splitIssues, type Job, type Receipt, type ReportRow } from '@rosterport/domain';
import { rosterport } from '../product/command-line.ts';
import { rowsOf, uploadFile } from '../product/https-client.ts';
import { sendOverSftp } from '../product/send.ts';
import { get, list, withSftp } from '../product/sftp-client.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

const users: Table = {
  sheet: 'Users',
  header: ['EmployeeID', 'FirstName', 'LastName', 'Email', 'PhoneNumber', 'IsManager', 'Active', 'Language'],
  rows: [
    ['E1', '', '', 'e1@example', '', '', '', ''],
    ['E2', 'Bo', 'Dahl', '', '', 'yes', 'no', 'swedish'],
    ['E3', 'Cia', 'Ek', 'cia@example.com', '070-12', '', '', ''],
    ['', 'Dag', 'Falk', 'dag@example.com', '', '', '', ''],
    ['E5', 'Eva', 'Gran', 'eva@example.com', '', '', '', 'sv'],
    ['E6', 'Finn', 'Holm', 'EVA@example.com', '', '', '', ''],
    ['E7', 'Gia', 'Ivarsson', 'gia@example.com', '', '', '', ''],
  ],
};
const groups: Table = {
  sheet: 'Groups',
  header: ['OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'],
  rows: [
    ['', 'No id', '', '', ''],
    ['G2', '', '', '', ''],
    ['G3', 'Three', '', '', 'G4'],
    ['G4', 'Four', '', '', 'G3'],
    ['G5', 'Five', '', 'E7', ''],
  ],
};
const expected = [
  ['Groups', 2, 'rejected', 'validateMandatoryValues'],
  ['Groups', 3, 'rejected', 'validateMandatoryValues'],
  ['Groups', 4, 'rejected', 'validateNoGroupCycles'],
  ['Groups', 5, 'rejected', 'validateNoGroupCycles'],
  ['Groups', 6, 'created'],
  ['Users', 2, 'rejected', 'validateMandatoryValues', 'validateMandatoryValues', 'validateThatEmailIsCorrect'],
  ['Users', 3, 'rejected', 'validateActive', 'validateEmailOrPhoneNumber', 'validateIsManager', 'validateLanguage'],
  ['Users', 4, 'rejected', 'validateThatPhoneNumberIsCorrect'],
  ['Users', 5, 'rejected', 'validateMandatoryValues'],
  ['Users', 6, 'rejected', 'validateNoEmailDuplicates'],
  ['Users', 7, 'rejected', 'validateNoEmailDuplicates'],
  ['Users', 8, 'created'],
];

function shown(rows: readonly Pick<ReportRow, 'sheet' | 'row' | 'result' | 'issues'>[]): readonly unknown[] {
  const lines = rows.map(({ sheet, row, result, issues }) => [sheet, row, result, ...issues.map(({ code }) => code).sort()]);
  return lines.toSorted(([sheet, row], [otherSheet, otherRow]) => String(sheet).localeCompare(String(otherSheet)) || Number(row) - Number(otherRow));
}

test('every row of both sheets gets all of its findings at once, and good rows apply', async () => {
  const bytes = await toXlsxByExceljs([users, groups]);
  const job = await sendOverSftp(at.product, '/incoming/company.xlsx', bytes);
  expect(job).toMatchObject({ state: 'applied', counts: { rejected: 10, created: 2 } });
  expect(shown(await rowsOf(at.product, job.id))).toEqual(expected);
});

test('rosterport check finds the same without a server', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rosterport-check-'));
  try {
    const path = join(folder, 'company.xlsx');
    await writeFile(path, await toXlsxByExceljs([users, groups]));
    const { code, out } = await rosterport(folder, ['check', path, '--json']);
    const { rows } = JSON.parse(out) as { rows: ReportRow[] };
    expect(code).toBe(1);
    expect(shown(rows.map((row) => ({ ...row, result: 'rejected' })))).toEqual(expected.filter(([, , result]) => result === 'rejected'));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe('a file that is refused as a whole', () => {
  const name = 'faulty-header-above-faulty-rows.csv';
  const path = fixturePath(`bad/${name}`);
  const fileCodes = ['validateColumnNames', 'validateColumnPosition', 'validateNoRepeatedColumns'];
  const faulty = [
    [null, 2, 'rejected', 'validateMandatoryValues', 'validateThatEmailIsCorrect'],
    [null, 3, 'rejected', 'validateNoEmailDuplicates', 'validateThatPhoneNumberIsCorrect'],
    [null, 4, 'rejected', 'validateEmailOrPhoneNumber'],
    [null, 5, 'rejected', 'validateNoEmailDuplicates'],
  ];
  const codesOf = (issues: readonly { readonly code: string }[]): readonly string[] => [...new Set(issues.map(({ code }) => code))].sort();

  test('tells over SFTP what is wrong with it and with its rows, in the report and in the receipt', async () => {
    const job = await sendOverSftp(at.product, `/incoming/${name}`, await readFile(path));
    expect(job).toMatchObject({ state: 'rejected', counts: { rejected: 4, skipped: 1, created: 0 } });
    expect(codesOf(splitIssues(job.issues).file)).toEqual(fileCodes);
    expect(shown(await rowsOf(at.product, job.id))).toEqual([...faulty, [null, 6, 'skipped']]);
    const receipt = await withSftp(at.product, async (sftp) => {
      const own = (await list(sftp, '/receipts')).find((one) => one.includes(job.id) && one.endsWith('.json'));
      return JSON.parse((await get(sftp, `/receipts/${own ?? ''}`)).toString()) as Receipt;
    });
    expect(codesOf(receipt.fileIssues)).toEqual(fileCodes);
    expect(receipt.rows.map(({ row, issues }) => [null, row, 'rejected', ...codesOf(issues)])).toEqual(faulty);
  });

  test('is refused over HTTPS with all findings about it, and its rows can be read too', async () => {
    const answer = await uploadFile(at.product, { fileName: name, bytes: await readFile(path) });
    const { job, issues } = JSON.parse(answer.body.toString()) as { job: Job['id']; issues: { code: string }[] };
    expect([answer.status, codesOf(issues)]).toEqual([400, fileCodes]);
    expect(shown(await rowsOf(at.product, job))).toEqual([...faulty, [null, 6, 'skipped']]);
  });

  test('is told of in the same way by rosterport check', async () => {
    const { code, out } = await rosterport(tmpdir(), ['check', path, '--json']);
    const { rows, issues } = JSON.parse(out) as { rows: ReportRow[]; issues: { file: { code: string }[] } };
    expect([code, codesOf(issues.file)]).toEqual([1, fileCodes]);
    expect(shown(rows.map((row) => ({ ...row, result: 'rejected' })))).toEqual(faulty);
  });
});
