import { beforeAll, describe, expect, test } from '@jest/globals';
import { keepBan, type Ban, type Credential, type Tenant } from '@rosterport/access';
import { testDatabase } from '@rosterport/testing';
import ssh2 from 'ssh2';
import { typeCommand, type Typed } from './testing/type-command.ts';

const database = testDatabase();

const run = (typed: readonly string[], input = ''): Promise<Typed> => typeCommand(typed, { env: { DATABASE_URL: database.url }, input });
const json = async <Value>(typed: readonly string[], input = ''): Promise<Value> => {
  const { code, out, err } = await run([...typed, '--json'], input);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Value;
};

function newKey(): string {
  return ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 }).public;
}

beforeAll(async () => {
  await run(['tenant', 'add', 'acme']);
});

describe('keys', () => {
  test('have an expiry and networks, are listed with their fingerprints, and removed by them', async () => {
    const added = await json<Credential>(['key', 'add', '--tenant', 'acme', '--name', 'HR', '--expires', '2127-01-31', '--from', '10.0.0.0/8, ::1', '-'], newKey());
    expect(added).toMatchObject({ networks: ['10.0.0.0/8', '::1'], expiresAt: '2127-02-01T00:00:00.000Z', partOf: null });
    const { out } = await run(['key', 'list', '--tenant', 'acme']);
    expect(out).toMatch(/^NAME +FINGERPRINT +STANDS FOR +FROM +EXPIRES +LAST USED +STATE +ID\nHR +SHA256:\S+ +itself +10.0.0.0\/8,::1 +2127-02-01\S+ +never +valid +\S+\n$/);
    expect((await run(['key', 'remove', '--tenant', 'acme', added.fingerprint!])).out).toBe(`Key ${added.fingerprint} may no longer log in as acme.\n`);
    expect(await json<Credential[]>(['key', 'list', '--tenant', 'acme'])).toMatchObject([{ id: added.id, revokedAt: expect.any(String) }]);
    expect((await run(['key', 'remove', '--tenant', 'acme', 'SHA256:unknown'])).code).toBe(4);
  });

  test('may stand for a credential that is there', async () => {
    const { credential } = await json<{ credential: Credential }>(['token', 'issue', '--tenant', 'acme', '--scope', 'upload,reports', '--from', '10.0.0.0/8']);
    expect(credential.networks).toEqual(['10.0.0.0/8']);
    const key = await json<Credential>(['key', 'add', '--tenant', 'acme', '--credential', credential.id, '-'], newKey());
    expect(key).toMatchObject({ partOf: credential.id, scopes: ['upload', 'reports'] });
    expect((await run(['key', 'remove', '--tenant', 'acme', credential.id])).code).toBe(4);
    const both = await run(['key', 'add', '--tenant', 'acme', '--credential', credential.id, '--mode', 'full', '-'], newKey());
    expect(both).toMatchObject({ code: 2, err: expect.stringContaining('do not go with --credential') });
  });

  test.each([['--from', '10.0.0.1/8'], ['--from', 'anywhere'], ['--expires', 'tomorrow']])('%s %s is refused', async (option, value) => {
    expect((await run(['key', 'add', '--tenant', 'acme', option, value, '-'], newKey())).code).toBe(2);
  });
});

describe('a tenant', () => {
  test('gets a quota and networks, which are listed, and loses them again', async () => {
    const typed = ['tenant', 'set', 'acme', '--daily-bytes', '5GiB', '--daily-files', '200', '--from', '10.0.0.0/8'];
    expect((await run(typed)).out).toBe('Tenant acme: 5368709120 bytes and 200 files a day, from 10.0.0.0/8.\n');
    expect((await run(['tenant', 'list'])).out).toMatch(/^NAME.*\nacme +\S+ +10.0.0.0\/8 +5368709120 +200 +\S+\n$/);
    expect(await json<Tenant>(['tenant', 'set', 'acme', '--daily-files', 'settings'])).toMatchObject({ dailyBytes: 5_368_709_120, dailyFiles: null });
    expect((await run(['tenant', 'set', 'acme', '--daily-bytes', 'settings', '--from', ''])).out).toBe('Tenant acme: as the settings say each day, from anywhere.\n');
  });

  test.each([
    [['tenant', 'set', 'nobody', '--daily-files', '1'], 4],
    [['tenant', 'set', 'acme', '--daily-files', 'many'], 2],
    [['tenant', 'set', 'acme', '--daily-bytes', '-1'], 2],
  ])('%j ends with %i', async (typed, code) => {
    expect((await run(typed)).code).toBe(code);
  });
});

test('bans are listed and lifted', async () => {
  expect((await run(['ban', 'list'])).out).toBe('No address is banned.\n');
  await keepBan(database.db, { source: '2001:db8::/64', reason: 'flood', times: 2, leftMs: 600_000 });
  expect((await run(['ban', 'list'])).out).toMatch(/^ADDRESS +REASON +TIMES +SINCE +UNTIL\n2001:db8::\/64 +flood +2 +\S+ +\S+\n$/);
  expect(await json<Ban[]>(['ban', 'list'])).toMatchObject([{ source: '2001:db8::/64' }]);
  expect((await run(['ban', 'lift', '2001:db8::99'])).out).toBe('2001:db8::/64 is no longer banned.\n');
  expect((await run(['ban', 'lift', '2001:db8::/64'])).code).toBe(4);
});
