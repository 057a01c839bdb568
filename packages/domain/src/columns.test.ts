import { describe, expect, test } from '@jest/globals';
import { columnsOf, groupColumns, userColumns } from './columns.ts';

describe.each(['users', 'groups'] as const)('the columns of %s', (kind) => {
  const columns = columnsOf(kind);

  test('have a field each, and no header names two of them', () => {
    const fields = columns.map(({ field }) => field);
    expect(new Set(fields).size).toBe(fields.length);
    const headers = columns.flatMap((column) => column.headers);
    expect(new Set(headers).size).toBe(headers.length);
    for (const column of columns) expect(column.headers.length).toBeGreaterThan(0);
  });

  test('begin with those that have a fixed position, without a gap', () => {
    const positions = columns.map(({ position }) => position).filter((position) => position !== null);
    expect(columns.slice(0, positions.length).map(({ position }) => position)).toEqual(positions.map((_, index) => index));
  });

  test('have headers that are trimmed and in NFC', () => {
    for (const header of columns.flatMap((column) => column.headers)) expect(header).toBe(header.trim().normalize('NFC'));
  });

  test('want values only in columns that must be there', () => {
    for (const column of columns) if (column.valueMandatory) expect(column.position).not.toBeNull();
  });
});

test('four columns of users and all five of groups have fixed positions', () => {
  expect(userColumns.filter(({ position }) => position !== null).map(({ headers }) => headers[0])).toEqual([
    'EmployeeID',
    'FirstName',
    'LastName',
    'Email',
  ]);
  expect(groupColumns.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
});

test('only the group columns may be repeated', () => {
  expect(userColumns.filter(({ repeatable }) => repeatable).map(({ field }) => field)).toEqual(['groupId', 'groupName']);
  expect(groupColumns.filter(({ repeatable }) => repeatable)).toEqual([]);
});
