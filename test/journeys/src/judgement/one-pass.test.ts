import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { fixturePath, toXlsxByExceljs, type Table } from '@rosterport/fixtures';
import type { ReportRow } from '@rosterport/domain';
import { rosterport } from '../product/command-line.ts';
import { rowsOf, uploadFile } from '../product/https-client.ts';
import { sendOverSftp } from '../product/send.ts';
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

test('a file that is refused as a whole is refused with all of its findings', async () => {
  const bytes = await readFile(fixturePath('bad/several-at-once.csv'));
  const answer = await uploadFile(at.product, { fileName: 'several-at-once.csv', bytes });
  const { issues } = JSON.parse(answer.body.toString()) as { issues: { code: string }[] };
  expect([answer.status, [...new Set(issues.map(({ code }) => code))].sort()]).toEqual([400, ['validateColumnNames', 'validateColumnPosition', 'validateNoRepeatedColumns']]);
});
