import { generateKeyPairSync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openAuthenticator, type Credential, type Tenant } from '@rosterport/access';
import { emptyDatabase } from '@rosterport/database';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import ssh2 from 'ssh2';
import { typeCommand, type Typed } from './testing/type-command.ts';

const database = testDatabase();
const folder = temporaryFolder();

const run = (...typed: string[]): Promise<Typed> => typeCommand(typed, { env: { DATABASE_URL: database.url } });
const json = async <Value>(...typed: string[]): Promise<Value> => {
  const { code, out, err } = await run(...typed, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return JSON.parse(out) as Value;
};

function newKey(): string {
  return ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256, comment: 'hr@example' }).public;
}

test('migrate finds nothing to do, twice', async () => {
  expect(await run('migrate')).toEqual({ code: 0, out: 'The database is up to date.\n', err: '' });
  expect(await json('migrate')).toEqual({ applied: [] });
});

describe('tenants', () => {
  test('are added once and listed by name', async () => {
    expect((await run('tenant', 'list')).out).toBe('There is no tenant.\n');
    const added = await json<Tenant>('tenant', 'add', 'zeta');
    expect(added.name).toBe('zeta');
    expect((await run('tenant', 'add', 'acme')).out).toContain('Tenant acme was added');
    const list = await json<Tenant[]>('tenant', 'list');
    expect(list.map(({ name }) => name)).toEqual(['acme', 'zeta']);
    expect((await run('tenant', 'list')).out).toMatch(/^NAME +ADDED +FROM +DAILY BYTES +DAILY FILES +ID\nacme .+\nzeta .+\n$/);
  });

  test.each([
    [['tenant', 'add', 'acme'], 6, 'exists already'],
    [['tenant', 'add', 'Acme Ltd'], 2, 'cannot be used'],
    [['token', 'issue', '--tenant', 'nobody'], 4, 'no tenant'],
    [['token', 'list', '--tenant', 'nobody'], 4, 'no tenant'],
    [['key', 'add', '--tenant', 'nobody', '-'], 4, 'no tenant'],
    [['key', 'add', '--tenant', 'acme', '-'], 2, 'not a public key'],
  ])('%j ends with %i', async (typed, code, part) => {
    const told = await run(...typed);
    expect({ code: told.code, out: told.out }).toEqual({ code, out: '' });
    expect(told.err).toContain(part);
  });
});

describe('tokens', () => {
  test('are issued with what was asked, work, and are shown once on standard output alone', async () => {
    const told = await run('token', 'issue', '--tenant', 'acme', '--name', 'HR export', '--scope', 'upload,reports', '--expires', '2127-01-31');
    const token = told.out.trim();
    expect(told.err).not.toContain(token);
    const authenticator = openAuthenticator(database.db);
    const identity = await authenticator.byToken(token);
    await authenticator.close();
    expect(identity).toMatchObject({ scopes: ['upload', 'reports'] });
    const [listed] = await json<Credential[]>('token', 'list', '--tenant', 'acme');
    expect(listed).toMatchObject({ name: 'HR export', kind: 'token', expiresAt: '2127-02-01T00:00:00.000Z' });
    for (const output of [await run('token', 'list', '--tenant', 'acme'), await run('token', 'list', '--tenant', 'acme', '--json')]) {
      expect(output.out).not.toContain(token);
    }
  });

  test('are revoked for good, only with the right tenant and id', async () => {
    const { token, credential } = await json<{ token: string; credential: Credential }>('token', 'issue', '--tenant', 'acme');
    expect(credential).toMatchObject({ scopes: ['upload'], expiresAt: null });
    expect((await run('token', 'revoke', '--tenant', 'zeta', credential.id)).code).toBe(4);
    expect((await run('token', 'revoke', '--tenant', 'acme', 'no-id')).code).toBe(4);
    expect((await run('token', 'revoke', '--tenant', 'acme', credential.id)).out).toBe(`${credential.id} is revoked.\n`);
    expect((await run('token', 'list', '--tenant', 'acme')).out).toMatch(new RegExp(`revoked +${credential.id}`));
    const authenticator = openAuthenticator(database.db);
    expect(await authenticator.byToken(token)).toBeNull();
    await authenticator.close();
  });

  test('that would be past already are refused', async () => {
    expect((await run('token', 'issue', '--tenant', 'acme', '--expires', '2020-01-01')).code).toBe(2);
  });
});

describe('keys', () => {
  test('are added from a file and from standard input, each once', async () => {
    const path = join(folder, 'id_rsa.pub');
    writeFileSync(path, newKey());
    const added = await json<Credential>('key', 'add', '--tenant', 'acme', path);
    expect(added).toMatchObject({ name: 'id_rsa.pub', kind: 'sshKey', scopes: ['upload'] });
    expect((await run('key', 'add', '--tenant', 'acme', path)).code).toBe(6);
    const piped = await typeCommand(['key', 'add', '--tenant', 'acme', '--name', 'HR server', '-'], {
      env: { DATABASE_URL: database.url },
      input: newKey(),
    });
    expect(piped).toMatchObject({ code: 0, err: '' });
    expect((await run('token', 'list', '--tenant', 'acme')).out).toMatch(/HR server +SSH key +upload/);
  });

  test('a private key is refused and not repeated', async () => {
    const path = join(folder, 'id_rsa');
    const { privateKey } = generateKeyPairSync('ed25519');
    const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    writeFileSync(path, text);
    const { code, err } = await run('key', 'add', '--tenant', 'acme', path);
    expect(code).toBe(2);
    expect(err).not.toContain(text.split('\n')[1]);
  });

  test.each([
    ['nothing.pub', 4, 'There is no file'],
    ['.', 3, 'it is a folder'],
  ])('the file %s', async (name, code, part) => {
    const told = await run('key', 'add', '--tenant', 'acme', join(folder, name));
    expect(told.code).toBe(code);
    expect(told.err).toContain(part);
  });
});

describe('a database that cannot be used', () => {
  test('that is away', async () => {
    const { code, err } = await typeCommand(['tenant', 'list'], { env: { DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/x' } });
    expect(code).toBe(5);
    expect(err).toContain('The database cannot be reached.');
    expect(err).not.toContain('hunter2');
  });

  test('that lacks its tables is mended by migrate', async () => {
    const empty = await emptyDatabase(database.url);
    const env = { DATABASE_URL: empty.url };
    const { code, err } = await typeCommand(['tenant', 'list'], { env });
    expect(code).toBe(2);
    expect(err).toContain('rosterport migrate');
    expect((await typeCommand(['migrate'], { env })).out).toMatch(/^(Applied .+\.\n)+$/);
    expect((await typeCommand(['tenant', 'add', 'acme'], { env })).code).toBe(0);
    await empty.drop();
  });

  test('that is not there', async () => {
    const { code, err } = await typeCommand(['token', 'list', '--tenant', 'acme'], { env: { ROSTERPORT_DATA_DIR: join(folder, 'elsewhere') } });
    expect(code).toBe(4);
    expect(err).toContain('There is no database in the data folder');
    expect(existsSync(join(folder, 'elsewhere'))).toBe(false);
  });
});
