import { expect, test } from '@jest/globals';
import { slowestStatements } from './slowest-statements.ts';

const log = `2026-11-21 10:00:00.000 UTC [7] LOG:  starting PostgreSQL
2026-11-21 10:00:01.000 UTC [9] LOG:  duration: 2.500 ms  statement: begin
2026-11-21 10:00:01.000 UTC [9] LOG:  duration: 900.000 ms  statement: copy in_users from stdin
2026-11-21 10:00:02.000 UTC [9] LOG:  duration: 10.000 ms  parse <unnamed>:
\tinsert into users
\t  select 1
2026-11-21 10:00:02.000 UTC [9] LOG:  duration: 20.000 ms  bind <unnamed>:
\tinsert into users
\t  select 1
2026-11-21 10:00:03.000 UTC [9] LOG:  duration: 1500.000 ms  execute <unnamed>:
\tinsert into users
\t  select 1
2026-11-21 10:00:03.000 UTC [9] ERROR:  division by zero
2026-11-21 10:00:04.000 UTC [9] LOG:  duration: 3.500 ms  statement: begin
`;

test('the slowest statements of a log come first, runs of one text together', () => {
  expect(slowestStatements(log, 10)).toEqual([
    { sql: 'insert into users select 1', runs: 1, seconds: 1.53 },
    { sql: 'copy in_users from stdin', runs: 1, seconds: 0.9 },
    { sql: 'begin', runs: 2, seconds: 0.006 },
  ]);
});

test('no more statements are named than asked for, and long ones are cut', () => {
  const long = `x LOG:  duration: 9000 ms  statement: select ${'a'.repeat(300)}\n`;
  const [first, ...rest] = slowestStatements(long + log, 1);
  expect(rest).toEqual([]);
  expect(first?.sql).toHaveLength(160);
  expect(first?.sql.endsWith('aaa…')).toBe(true);
});
