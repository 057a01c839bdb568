import { describe, expect, test } from '@jest/globals';
import { Failure } from '@rosterport/domain';
import { databaseFailure } from './database-failure.ts';

function coded(code: string): Error {
  return Object.assign(new Error('?'), { code });
}

describe('the database is away', () => {
  test.each<[string, unknown]>([
    ['refused', coded('ECONNREFUSED')],
    ['cut', coded('ECONNRESET')],
    ['no such host', coded('ENOTFOUND')],
    ['shutting down', coded('57P01')],
    ['starting', coded('57P03')],
    ['too many', coded('53300')],
    ['connection exception', coded('08006')],
    ['wrong password', coded('28P01')],
    ['no such database', coded('3D000')],
    ['pg lost it', new Error('Connection terminated unexpectedly')],
    ['pg lost it under knex', new Error('\n  select 1 - Connection terminated unexpectedly')],
    ['pool', new Error('timeout exceeded when trying to connect')],
    ['as a cause', new Error('job failed', { cause: coded('EPIPE') })],
  ])('%s', (_name, error) => {
    expect(databaseFailure(error)).toMatchObject({ code: 'databaseUnavailable', cause: error });
  });

  test('said already', () => {
    const failure = new Failure('databaseUnavailable');
    expect(databaseFailure(failure)).toBe(failure);
  });
});

describe('something else is wrong', () => {
  test.each<[string, unknown]>([
    ['unique violation', coded('23505')],
    ['deadlock', coded('40P01')],
    ['disk full on the server', coded('53100')],
    ['cancelled by a timeout', coded('57014')],
    ['no file', coded('ENOENT')],
    ['another failure', new Failure('storageFull')],
    ['a string', 'ECONNREFUSED'],
    ['nothing', null],
  ])('%s', (_name, error) => {
    expect(databaseFailure(error)).toBeNull();
  });
});
