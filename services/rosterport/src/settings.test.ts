import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { usualPenalties, usualSftpLimits } from '@rosterport/gateway';
import { describeSettings, noNetworks } from '@rosterport/runtime';
import { changedLimits, sftpLimitsOf } from './door-settings.ts';
import { settingFields, settingsFrom, type Settings } from './settings.ts';

const example = readFileSync(new URL('../../../deploy/settings.example.env', import.meta.url), 'utf8');
const paragraphs = example.trim().split('\n\n').slice(1);

describe('deploy/settings.example.env', () => {
  test('shows each setting with what it does and its default, in order, and nothing else', () => {
    const expected = describeSettings(settingFields).map(({ name, doc, default: usual }) => `# ${doc}\n#${name}=${usual ?? ''}`);
    expect(paragraphs).toEqual(expected);
  });

  test('read as it stands, with every # taken away, it gives the defaults', () => {
    const lines = paragraphs.map((paragraph) => paragraph.split('\n')[1]?.slice(1).split('=') ?? []);
    expect(written(settingsFrom(Object.fromEntries(lines) as Record<string, string>))).toEqual(written(settingsFrom({})));
  });
});

/** Settings without what cannot be compared. */
function written(settings: Settings): unknown {
  return JSON.parse(JSON.stringify(settings));
}

const day = 86_400_000;

test('the defaults', () => {
  expect(settingsFrom({})).toEqual({
    dataDir: resolve('data'),
    sftpPort: 2222,
    sftpPostQuantum: 'on',
    sftpNistCurves: 'on',
    httpsPort: 8443,
    host: null,
    databaseUrl: null,
    logLevel: 'info',
    uploadFileLimit: 10 * 1024 * 1024,
    fileLimit: 1024 * 1024 * 1024,
    concurrency: 2,
    dropSettle: 2_000,
    allowNetworks: noNetworks,
    denyNetworks: noNetworks,
    proxyNetworks: noNetworks,
    exemptNetworks: { texts: ['127.0.0.0/8', '::1'], has: expect.any(Function) },
    banPoints: usualPenalties.points,
    banTime: usualPenalties.banMs,
    longestBan: usualPenalties.longestBanMs,
    dailyBytes: null,
    dailyFiles: null,
    maxConnections: 4_000,
    maxStartups: { start: 64, rate: 30, full: 200 },
    connectionsPerAddress: 100,
    connectionsPerTenant: 200,
    sessionsPerConnection: 10,
    channelOpensPerMinute: 300,
    handlesPerSession: 128,
    sessionMemory: 2 * 1024 ** 2,
    transferMemory: 256 * 1024 ** 2,
    loginGrace: 30_000,
    loginTries: 6,
    loginKeys: 20,
    idle: 900_000,
    stall: 120_000,
    slowestUpload: 1024,
    rekeyBytes: 1024 ** 3,
    rekeyTime: 3_600_000,
    keepFiles: 30 * day,
    keepRowResults: 180 * day,
    keepJournal: 400 * day,
    keepEvents: 400 * day,
    keepPartials: day,
    token: null,
  });
});

test('the limits are those that the door has by itself', () => {
  expect({ ...sftpLimitsOf(settingsFrom({})), loginFailureMs: usualSftpLimits.loginFailureMs }).toEqual(usualSftpLimits);
});

test('the limits that are not the usual ones are known by name', () => {
  const written = {
    ROSTERPORT_MAX_STARTUPS: '10:30:100',
    ROSTERPORT_DENY_NETWORKS: ' 192.0.2.0/24,2001:db8::/32',
    ROSTERPORT_DAILY_FILES: '5',
    ROSTERPORT_EXEMPT_NETWORKS: '10.0.0.0/8',
    ROSTERPORT_IDLE: '15 min',
    ROSTERPORT_STALL: '1 min',
  };
  expect(changedLimits(settingsFrom({}))).toEqual({});
  expect(changedLimits(settingsFrom(written))).toEqual({
    ROSTERPORT_DENY_NETWORKS: '192.0.2.0/24, 2001:db8::/32',
    ROSTERPORT_EXEMPT_NETWORKS: '10.0.0.0/8',
    ROSTERPORT_DAILY_FILES: '5',
    ROSTERPORT_MAX_STARTUPS: '10:30:100',
    ROSTERPORT_STALL: '60000',
  });
});

test('networks with a default are none by that word alone', () => {
  const exempts = (text: string): boolean => settingsFrom({ ROSTERPORT_EXEMPT_NETWORKS: text }).exemptNetworks.has('127.0.0.1');
  expect([exempts(''), exempts(' None '), exempts('127.0.0.1')]).toEqual([true, false, true]);
  expect(changedLimits(settingsFrom({ ROSTERPORT_EXEMPT_NETWORKS: 'none' }))).toEqual({ ROSTERPORT_EXEMPT_NETWORKS: 'none' });
});

test.each(['64:30', '64:101:200', '64:30:10', '0:0:0', 'a:b:c', '1:2:3:4'])('%j is no number of startups', (text) => {
  expect(() => settingsFrom({ ROSTERPORT_MAX_STARTUPS: text })).toThrow('ROSTERPORT_MAX_STARTUPS must be start:rate:full');
});

test('all problems are told at once, and no secret is repeated', () => {
  const environment = {
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    ROSTERPORT_SFTP_PORT: '99999',
    ROSTERPORT_CONCURRENCY: 'many',
    ROSTERPORT_DATA_DIRECTORY: '/data',
  };
  const told = (): string => {
    try {
      settingsFrom(environment);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  for (const name of Object.keys(environment)) expect(told()).toContain(name);
  expect(told()).not.toContain('hunter2');
});

test('the database URL and the token do not print', () => {
  const settings = settingsFrom({ DATABASE_URL: 'postgres://u:hunter2@db/x', ROSTERPORT_TOKEN: 'hunter2' });
  expect(JSON.stringify(settings)).not.toContain('hunter2');
  expect(settings.databaseUrl?.reveal()).toBe('postgres://u:hunter2@db/x');
  expect(settings.token?.reveal()).toBe('hunter2');
});

test.each([
  ['2022', '2022', false],
  ['0', '0', true],
])('ports %s and %s: %s', (sftp, https, isFine) => {
  const read = (): unknown => settingsFrom({ ROSTERPORT_SFTP_PORT: sftp, ROSTERPORT_HTTPS_PORT: https });
  if (isFine) expect(read()).toMatchObject({ sftpPort: 0, httpsPort: 0 });
  else expect(read).toThrow('must differ');
});

test.each([
  ['179d', false],
  ['180 d', false],
  ['181d', true],
])('a journal of %s beside row results of 180 days: %s', (journal, isFine) => {
  const read = (): unknown => settingsFrom({ ROSTERPORT_KEEP_JOURNAL: journal });
  if (isFine) expect(read()).toMatchObject({ keepJournal: 181 * day });
  else expect(read).toThrow('ROSTERPORT_KEEP_JOURNAL must be longer than ROSTERPORT_KEEP_ROW_RESULTS');
});
