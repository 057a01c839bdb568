import { describe, expect, test } from '@jest/globals';
import { toXlsxByExceljs } from '@rosterport/fixtures';
import { splitIssues, type FeedPolicy } from '@rosterport/domain';
import type { Ended } from './testing/ingest.ts';
import { testIngest } from './testing/test-ingest.ts';

/** A faulty header row refuses its file, and hides nothing of what is wrong with the rows below it. */

const own = testIngest();

function send(...lines: readonly string[]): Promise<Ended> {
  return own.ingest.sendBytes('file.csv', Buffer.from([...lines, ''].join('\n')));
}

/** The findings about the file, and the codes of each row with the columns that they stand on. */
function shown({ job, rows }: Ended): { readonly file: readonly string[]; readonly rows: readonly string[] } {
  return {
    file: splitIssues(job.issues).file.map(({ code, found, expected }) => `${code} ${found ?? expected}`),
    rows: rows.map(({ row, result, issues }) => {
      const codes = issues.map(({ code, column }) => (column === null ? code : `${code}@${column}`));
      return [row, result, ...[...new Set(codes)].sort()].join(' ');
    }),
  };
}

const users = 'Employee ID;First Name;Last Name;Email';

describe('rows below a header row with', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    [
      'nearly right names: they are judged as what is meant',
      ['employee id;First Nmae;Last Name;E-mail;phone number;Group-memberships', 'E1;;Berg;ada@example;;', 'E2;Bo;Dahl;;070;NEW', 'E3;Cy;Ek;cy@example.com;;'],
      ['validateColumnNames employee id', 'validateColumnNames First Nmae', 'validateColumnNames E-mail', 'validateColumnNames phone number', 'validateColumnNames Group-memberships'],
      ['2 rejected validateMandatoryValues@First Nmae validateThatEmailIsCorrect@E-mail', '3 rejected validateGroupExists@Group-memberships validateThatPhoneNumberIsCorrect@phone number', '4 skipped'],
    ],
    [
      'columns in wrong places: they count by their names',
      ['Email;Employee ID;Last Name;First Name', 'ada@example;E1;Berg;Ada', 'bo@example.com;E2;;Bo', 'BO@example.com;E3;Ek;Cy'],
      ['validateColumnPosition 2', 'validateColumnPosition 4', 'validateColumnPosition 1'],
      ['2 rejected validateThatEmailIsCorrect@Email', '3 rejected validateMandatoryValues@Last Name validateNoEmailDuplicates@Email', '4 rejected validateNoEmailDuplicates@Email'],
    ],
    [
      'no e-mail: nobody can say who has none',
      ['Employee ID;First Name;Last Name;IsManager', 'E1;Ada;Berg;1', 'E2;;Dahl;yes'],
      ['validateMandatoryColumns Email'],
      ['2 skipped', '3 rejected validateIsManager@IsManager validateMandatoryValues@First Name'],
    ],
    [
      'no id: rows are not compared with each other or the directory',
      ['First Name;Last Name;Email', 'Ada;Berg;known@example.com', 'Bo;Dahl;bo@example.com', 'Cy;;BO@example.com'],
      ['validateMandatoryColumns Employee ID'],
      ['2 skipped', '3 skipped', '4 rejected validateMandatoryValues@Last Name'],
    ],
    [
      'the id twice',
      [`${users};Employee ID`, 'E1;Ada;Berg;ada@example.com;E2', 'E1;;Dahl;ADA@example.com;E3'],
      ['validateNoRepeatedColumns Employee ID'],
      ['2 skipped', '3 rejected validateMandatoryValues@First Name'],
    ],
    [
      'the e-mail twice: it is no value, and no missing one',
      [`${users};Email`, 'E1;Ada;Berg;known@example.com;x', 'E2;;Dahl;;', 'E3;Cy;Ek;x;x'],
      ['validateNoRepeatedColumns Email'],
      ['2 skipped', '3 rejected validateMandatoryValues@First Name', '4 skipped'],
    ],
    [
      'who is active twice: nobody can say whose address counts',
      [`${users};Active;Active`, 'E1;Ada;Berg;known@example.com;0;no', 'E2;Bo;Dahl;bo@example.com;1;0', 'E3;;Ek;bo@example.com;0;1'],
      ['validateNoRepeatedColumns Active'],
      ['2 skipped', '3 skipped', '4 rejected validateMandatoryValues@First Name'],
    ],
    [
      'what leaves some names in doubt: unknown groups and managers are told as far as that goes',
      [`Employee ID;First Name;Surname;Email;Department;EmployeeManagerID`, 'E1;Ada;Berg;ada@example.com;NEW;E8', 'E2;;Dahl;bo@example.com;;E9'],
      ['validateMandatoryColumns Last Name'],
      ['2 skipped validateGroupExists@Department', '3 rejected validateMandatoryValues@First Name'],
    ],
    [
      'an attribute twice, and one that cannot be kept: they are none',
      [`${users};City;City;Ro\0om`, 'E1;Ada;Berg;ada@example.com;#N/A;Lund;#N/A', `E2;;Dahl;bo@example.com;${'x'.repeat(3_000)};;`],
      ['validateHeaderText 7', 'validateNoRepeatedColumns City'],
      ['2 skipped', '3 rejected validateMandatoryValues@First Name'],
    ],
    [
      'a column without a name, of which the file is told once',
      [`${users};;Language`, 'E1;Ada;Berg;ada@example.com;lost;sv', 'E2;Bo;Dahl;bo@example.com;lost;swedish', 'E3;Cy;Ek;cy@example.com;;;surplus'],
      ['validateHeaderRow column 5 has no header, but a value in row 2'],
      ['2 skipped', '3 rejected validateLanguage@Language', '4 rejected validateRowCells'],
    ],
    [
      'a title above it',
      ['Our people;;;', '', users, 'E1;Ada;Berg;ada@example', 'E2;Bo;Dahl;bo@example.com'],
      ['validateHeaderRow the header row was found in row 3'],
      ['4 rejected validateThatEmailIsCorrect@Email', '5 skipped'],
    ],
    [
      'another header row among them, by which those below it are judged',
      ['OrgUnitID;Name;Description;ResponsibleManager;ParentOrgUnit', 'G1;;;;', `${users};langauge;Team`, 'E1;Ada;Berg;ada@example;sv;x', 'E2;Bo;Dahl;bo@example.com;xx yy;x'],
      ['validateSingleHeaderRow 3', 'validateColumnNames langauge'],
      ['2 rejected validateMandatoryValues@Name', '4 rejected validateThatEmailIsCorrect@Email', '5 rejected validateLanguage@langauge'],
    ],
    [
      'groups whose id and parent nobody can find',
      ['Name;Description;ResponsibleManager;ParentOrgUnit;ParentOrgUnit', 'One;;E9;;X', ';;;;'],
      ['validateMandatoryColumns OrgUnitID', 'validateNoRepeatedColumns ParentOrgUnit'],
      ['2 skipped'],
    ],
  ])('%s', async (_says, lines, file, rows) => {
    await send(users, 'E9;Eva;Known;known@example.com');
    const ended = await send(...lines);
    expect(shown(ended)).toEqual({ file, rows });
    expect(ended.job.state).toBe('rejected');
    expect((await own.ingest.directory()).users.map(({ externalId }) => externalId)).toEqual(['E9']);
  });
});

test.each<[string, Partial<FeedPolicy>, readonly string[]]>([
  ['no attribute is required of rows', {}, ['2 skipped', '3 rejected validateMandatoryValues@FirstName']],
  ['no group is missed', { unknownGroup: 'reject' }, ['2 skipped', '3 rejected validateMandatoryValues@FirstName']],
])('while a column is in doubt, %s that may have one there', async (_says, policy, rows) => {
  await send(`${users};City`, 'E9;Eva;Known;known@example.com;Lund');
  await own.at.db.pool.query('update attribute_definitions set required = true');
  await own.at.db.knex('feeds').update({ policy: JSON.stringify({ ...own.ingest.feed.policy, ...policy }) });
  const ended = await own.ingest.sendBytes('company.xlsx', await toXlsxByExceljs([
    { sheet: 'Users', header: ['EmployeeID', 'FirstName', 'LastName', 'Email', 'Department', 'City', 'City'], rows: [['E1', 'Ada', 'Berg', 'ada@example.com', 'G1', 'Lund', ''], ['E2', '', 'Dahl', 'bo@example.com', 'G1', '', 'Lund']] },
    { sheet: 'Groups', header: ['Unit', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit'], rows: [['G1', 'One', '', '', '']] },
  ]));
  expect(shown({ ...ended, rows: ended.rows.filter(({ sheet }) => sheet === 'Users') }).rows).toEqual(rows);
});
