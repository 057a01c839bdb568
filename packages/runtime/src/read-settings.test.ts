import { describe, expect, test } from '@jest/globals';
import { isFailure } from '@rosterport/domain';
import { resolve } from 'node:path';
import { describeSettings } from './describe-settings.ts';
import { bytes, count, duration, port } from './quantity-settings.ts';
import { readSettings, type Environment } from './read-settings.ts';
import { optional, type Setting } from './setting.ts';
import { choice, flag, path, secret, text, url } from './text-settings.ts';

const fields = {
  folder: path({ name: 'ROSTERPORT_DATA_DIR', doc: 'Where everything lies.', default: './data' }),
  sftpPort: port({ name: 'ROSTERPORT_SFTP_PORT', doc: 'The SFTP port.', default: '2222' }),
  database: optional(url({ name: 'DATABASE_URL', doc: 'The database.', schemes: ['postgres:', 'postgresql:'] })),
  key: secret({ name: 'ROSTERPORT_KEY', doc: 'A key.', minimum: 8 }),
};

function problemsOf(environment: Environment, judge?: () => readonly string[]): readonly string[] {
  try {
    readSettings(environment, fields, judge);
  } catch (error) {
    if (isFailure(error) && error.code === 'settingsInvalid') return error.message.split('\n').slice(1);
    throw error;
  }
  return [];
}

function readOne<T>(setting: Setting<T>, given: string): T | string {
  try {
    return readSettings<{ value: T }>({ X: given }, { value: setting }).value;
  } catch (error) {
    return (error as Error).message.split('\n')[1] ?? '';
  }
}

describe('readSettings', () => {
  test('reads values, takes defaults for absent and empty ones, and freezes the result', () => {
    const settings = readSettings({ ROSTERPORT_KEY: 'open sesame', ROSTERPORT_SFTP_PORT: '', HOME: '/x' }, fields);
    expect(settings).toMatchObject({ folder: resolve('data'), sftpPort: 2222, database: null });
    expect(settings.key.reveal()).toBe('open sesame');
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.key)).toBe(true);
  });

  test('tells every problem at once, and repeats no secret', () => {
    const problems = problemsOf({
      ROSTERPORT_SFTP_PORT: 'http',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      ROSTERPORT_KEY: 'short',
      ROSTERPORT_SFTP_POTR: '22',
    });
    expect(problems).toEqual([
      'ROSTERPORT_SFTP_PORT must be a whole number from 0 to 65535, not "http".',
      'DATABASE_URL must be a URL that begins with postgres:// or postgresql://.',
      'ROSTERPORT_KEY must be at least 8 characters long.',
      'ROSTERPORT_SFTP_POTR is not a setting; the nearest one is ROSTERPORT_SFTP_PORT.',
    ]);
  });

  test('misses a mandatory setting', () => {
    expect(problemsOf({})).toEqual(['ROSTERPORT_KEY must be set.']);
  });

  test('judges the settings together once each of them reads well', () => {
    const judge = () => ['They do not go together.'];
    expect(problemsOf({ ROSTERPORT_KEY: 'open sesame' }, judge)).toEqual(['They do not go together.']);
    expect(problemsOf({}, judge)).toEqual(['ROSTERPORT_KEY must be set.']);
  });

  test('leaves the addresses alone that Kubernetes gives', () => {
    const given = {
      ROSTERPORT_KEY: 'open sesame',
      ROSTERPORT_PORT: 'tcp://10.0.0.1:2222',
      ROSTERPORT_PORT_2222_TCP: 'tcp://10.0.0.1:2222',
      ROSTERPORT_PORT_2222_TCP_ADDR: '10.0.0.1',
      ROSTERPORT_SERVICE_HOST: '10.0.0.1',
      ROSTERPORT_SERVICE_PORT_SFTP: '2222',
    };
    expect(problemsOf(given)).toEqual([]);
    expect(problemsOf({ ...given, ROSTERPORT_PORT: '2222' })).toHaveLength(1);
  });
});

describe('the readers', () => {
  const details = { name: 'X', doc: 'X.' };
  test.each([
    [bytes(details), '1048576', 1_048_576],
    [bytes(details), '10 MB', 10_000_000],
    [bytes(details), '1.5GiB', 1_610_612_736],
    [bytes(details), '10 mb', 'X must be a number of bytes such as 500000, 10 MB or 1 GiB, not "10 mb".'],
    [bytes(details), '10 toString', 'X must be a number of bytes such as 500000, 10 MB or 1 GiB, not "10 toString".'],
    [duration(details), '500 ms', 500],
    [duration(details), '2h', 7_200_000],
    [duration(details), '30', 'X must be a time span with its unit such as 500 ms, 30 s, 5 min, 2 h or 1 d, not "30".'],
    [
      duration({ ...details, minimum: 1000 }),
      '1 ms',
      'X must be a time span with its unit such as 500 ms, 30 s, 5 min, 2 h or 1 d, and larger, not "1 ms".',
    ],
    [count({ ...details, minimum: 1 }), '7', 7],
    [count({ ...details, minimum: 1 }), '0', 'X must be a whole number 1 or more, not "0".'],
    [count(details), '1e3', 'X must be a whole number 0 or more, not "1e3".'],
    [port(details), '65536', 'X must be a whole number from 0 to 65535, not "65536".'],
    [flag(details), 'Yes', true],
    [flag(details), '0', false],
    [flag(details), 'constructor', 'X must be true or false, not "constructor".'],
    [choice({ ...details, words: ['info', 'debug'] }), 'debug', 'debug'],
    [choice({ ...details, words: ['info', 'debug'] }), 'loud', 'X must be one of info, debug, not "loud".'],
    [text(details), ' a b ', 'a b'],
    [path(details), 'a\0b', 'X must be a path without NUL characters, not "a\\u0000b".'],
  ] as readonly (readonly [Setting<unknown>, string, unknown])[])('case %#', (setting, given, wanted) => {
    expect(readOne(setting, given)).toEqual(wanted);
  });
});

test('describeSettings tells name, doc and default in order', () => {
  expect(describeSettings(fields).map(({ name, default: value, mandatory }) => [name, value, mandatory])).toEqual([
    ['ROSTERPORT_DATA_DIR', './data', false],
    ['ROSTERPORT_SFTP_PORT', '2222', false],
    ['DATABASE_URL', null, false],
    ['ROSTERPORT_KEY', null, true],
  ]);
});
