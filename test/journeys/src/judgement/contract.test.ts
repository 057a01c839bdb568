import { beforeEach, expect, test } from '@jest/globals';
import { shownDirectory, toCsv, toXlsBySheetjs, toXlsxByExceljs, type Table } from '@rosterport/fixtures';
import type { Job } from '@rosterport/domain';
import { rosterportJson } from '../product/command-line.ts';
import { directoryOf, rowsOf } from '../product/https-client.ts';
import { tell } from '../product/operator.ts';
import { sendOverHttps, sendOverSftp } from '../product/send.ts';
import { sharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';
import { peopleFile, personOf } from './people.ts';

const at = sharedProduct();
beforeEach(() => emptied(at.database));

const groups: Table = {
  sheet: 'Groups',
  header: ['OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'],
  rows: [
    ['G1', 'Head office', '', 'E1', ''],
    ['G2', 'Sales', 'Everything that is sold', '', 'G1'],
    ['G3', 'Support', '', '', 'G1'],
  ],
};
/** Header and cells of a company: Ada stands in two rows, and Bo is in two groups by one. */
const users: Table = {
  sheet: 'Users',
  header: ['EmployeeID', 'FirstName', 'LastName', 'Email', 'PhoneNumber', 'IsManager', 'Department', 'Department', 'EmployeeManagerID', 'Active', 'Language', 'City'],
  rows: [
    ['E1', 'Ada', 'Berg', 'ADA@bücher.example.com', '+46 70 174 06 05', '1', 'G1', '', '', '1', 'sv', 'Lund'],
    ['E2', 'Bo', 'Dahl', 'bo@example.com', '', '0', 'G2', 'G3', 'E1', '', 'en-gb', ''],
    ['E1', 'Ada', 'Berg', 'ada@bücher.example.com', '', '', 'G2', '', '', '', '', ''],
    ['E3', 'Joa\u0303o', 'Luz', '', '+55 (11) 96123-4567', '', 'G3', '', 'E2', '', 'PT-br', 'Porto'],
  ],
};
/** The same in the words of the other dialect. */
const inCsv: Table = {
  ...users,
  header: ['Employee ID', 'First Name', 'Last Name', 'Email', 'PhoneNumber(Optional)', 'IsManager', 'Group memberships', 'Group memberships', 'Employee ManagerID', 'Active', 'Language', 'City'],
};

const company = async (): Promise<unknown> => {
  const found = await directoryOf(at.product);
  return shownDirectory(found.users, found.groups);
};

async function sendRows(rows: Parameters<typeof peopleFile>[0]): Promise<Job> {
  return sendOverHttps(at.product, { bytes: peopleFile(rows) });
}

test('a company is the same in both dialects, in every format and through both doors', async () => {
  const first = await sendOverSftp(at.product, '/incoming/company.xlsx', await toXlsxByExceljs([users, groups]));
  expect(first).toMatchObject({ state: 'applied', counts: { created: 7, rejected: 0 }, changes: { membershipsAdded: 5, managersAdded: 4 } });
  const listed = await directoryOf(at.product);
  expect([...listed.users, ...listed.groups].map(({ externalId }) => externalId)).toEqual(['E1', 'E2', 'E3', 'G1', 'G2', 'G3']);
  const told = await company();
  expect(told).toMatchObject({
    users: [
      { externalId: 'E1', email: expect.stringMatching(/^ada@/i), phone: '+46701740605', isManager: true, groups: ['G1', 'G2'], attributes: { City: 'Lund' } },
      { externalId: 'E2', language: 'en-GB', groups: ['G2', 'G3'] },
      { externalId: 'E3', firstName: 'Jo\u00e3o', phone: '+5511961234567', language: 'pt-BR' },
    ],
    groups: [
      { externalId: 'G1', parent: null, managers: ['E1'] },
      { externalId: 'G2', parent: 'G1', managers: ['E1'] },
      { externalId: 'G3', parent: 'G1', managers: ['E1', 'E2'] },
    ],
  });
  const again = [
    await sendOverHttps(at.product, { fileName: 'groups.csv', bytes: toCsv(groups) }),
    await sendOverSftp(at.product, '/users.csv', toCsv(inCsv, { separator: '|', lineEnd: '\r\n', byteOrderMark: true })),
    await sendOverHttps(at.product, { fileName: 'company.xls', bytes: toXlsBySheetjs([groups, inCsv]) }),
  ];
  expect(again.map(({ state, counts }) => [state, counts.unchanged])).toEqual([['applied', 3], ['applied', 4], ['applied', 7]]);
  expect(await company()).toEqual(told);
});

test('rows of one person that disagree are rejected together, each naming the other', async () => {
  const job = await sendRows([{ id: 'E1' }, { id: 'E2', last: 'Dahl' }, { id: 'E1' }, { id: 'E2', last: 'Doll' }]);
  expect(job).toMatchObject({ state: 'applied', counts: { created: 2, rejected: 2 }, changes: { usersCreated: 1 } });
  const rejected = (await rowsOf(at.product, job.id)).filter(({ result }) => result === 'rejected');
  expect(rejected.map(({ row, issues }) => [row, issues.map(({ code, column }) => [code, column])])).toEqual([
    [3, [['validateNoConflictingRows', 'Last Name']]],
    [5, [['validateNoConflictingRows', 'Last Name']]],
  ]);
  for (const { issues } of rejected) expect(issues[0]?.message).toMatch(/\b3\b.*\b5\b/);
});

test('an empty cell leaves a value, and only the clear token of the feed empties it', async () => {
  await tell(at.product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { policy: { clearToken: '#CLEAR' } } });
  await sendRows([{ id: 'E1', PhoneNumber: '+46 70 174 06 05', Language: 'sv', City: 'Lund', 'Group memberships': 'G1' }, { id: 'E2' }]);
  await sendRows([{ id: 'E1', PhoneNumber: '', Language: '', City: '', 'Group memberships': '' }]);
  expect(await personOf(at.product, 'E1')).toMatchObject({ phone: '+46701740605', language: 'sv', attributes: { City: 'Lund' }, groups: [{ externalId: 'G1' }] });
  const job = await sendRows([{ id: 'E1', PhoneNumber: '#CLEAR', Language: '#CLEAR', City: '#CLEAR', 'Group memberships': '#CLEAR' }]);
  expect(job).toMatchObject({ state: 'applied', counts: { updated: 1 }, changes: { membershipsRemoved: 1 } });
  expect(await personOf(at.product, 'E1')).toMatchObject({ phone: null, language: null, attributes: {}, groups: [] });
});

test('attributes have types, lists and values that must be there', async () => {
  const define = (...typed: string[]): Promise<unknown> => rosterportJson(at.product.dataDir, ['attribute', 'define', '--tenant', 'demo', ...typed]);
  await define('Salary', '--type', 'number');
  await define('Grade', '--type', 'list', '--option', 'A', '--option', 'B');
  await tell(at.product, { method: 'PUT', path: '/v1/admin/attributes/Started', json: { type: 'date' } });
  await tell(at.product, { method: 'PUT', path: '/v1/admin/attributes/Cost%20centre', json: { type: 'text', required: true } });
  await tell(at.product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { policy: { unknownAttribute: 'strict' } } });

  const whole = { Salary: '1234,50', Started: '2024-02-29', Grade: 'A', 'Cost centre': '42' };
  const job = await sendRows([
    { id: 'E1', ...whole },
    { id: 'E2', ...whole, Salary: 'much' },
    { id: 'E3', ...whole, Started: '2023-02-29' },
    { id: 'E4', ...whole, Grade: 'C' },
    { id: 'E5', ...whole, 'Cost centre': '' },
    { id: 'E6', ...whole, Salary: '', Started: '', Grade: '' },
  ]);
  expect((await rowsOf(at.product, job.id)).map(({ externalId, result, issues }) => [externalId, result, ...issues.map(({ code, column }) => `${code} ${column}`)])).toEqual([
    ['E1', 'created'],
    ['E2', 'rejected', 'validateExternalProperties Salary'],
    ['E3', 'rejected', 'validateExternalProperties Started'],
    ['E4', 'rejected', 'validateExternalProperties Grade'],
    ['E5', 'rejected', expect.stringMatching(/ Cost centre$/)],
    ['E6', 'created'],
  ]);
  expect((await personOf(at.product, 'E1')).attributes).toEqual({ ...whole, Salary: '1234.5' });
});

test('whoever was absent comes back when a file names them, and whoever a cell deactivated does not', async () => {
  const both = [{ id: 'E1' }, { id: 'E2' }, { id: 'E3' }, { id: 'E4' }];
  await sendRows(both);
  await sendRows([{ id: 'E1', Active: '0' }]);
  const full = await sendOverSftp(at.product, '/full/users.csv', peopleFile([{ id: 'E1' }, { id: 'E3' }, { id: 'E4' }]));
  expect(full).toMatchObject({ state: 'applied', changes: { usersDeactivated: 1 } });
  expect([await personOf(at.product, 'E1'), await personOf(at.product, 'E2')]).toMatchObject([{ inactiveCause: 'cell' }, { inactiveCause: 'absence' }]);
  const job = await sendRows(both.map((row) => ({ ...row, Active: '' })));
  expect(job.counts).toMatchObject({ reactivated: 1, unchanged: 3 });
  expect([await personOf(at.product, 'E1'), await personOf(at.product, 'E2')]).toMatchObject([{ active: false }, { active: true, inactiveCause: null }]);
  expect((await sendRows([{ id: 'E1', Active: '1' }])).counts).toMatchObject({ reactivated: 1 });
});
