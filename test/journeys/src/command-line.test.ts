import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { countedRows, type Job, type ReportRow } from '@rosterport/domain';
import { fixturePath } from '@rosterport/fixtures';
import exceljs from 'exceljs';
import ssh2 from 'ssh2';
import { rosterport, rosterportJson } from './product/command-line.ts';
import { call } from './product/https-client.ts';
import { untilNothingRuns } from './product/processes.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from './product/product.ts';
import { withSftp } from './product/sftp-client.ts';

const folder = newDataDir();
let product: Product;
let dataDir: string;

beforeAll(async () => {
  product = await startProduct();
  dataDir = product.dataDir;
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(dataDir);
  await removeDataDir(folder);
});

interface Tenant {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

interface Credential {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly scopes: readonly string[];
  readonly fingerprint: string | null;
  readonly revokedAt: string | null;
}

interface Issued {
  readonly token: string;
  readonly credential: Credential;
}

const clean = fixturePath('cases/minimal-users/users.csv');
const faulty = fixturePath('cases/every-bad-cell/users.csv');
const bad = fixturePath('bad/comma.csv');

const statusWith = async (token: string): Promise<number> => (await call(product, { path: '/v1/jobs', token })).status;

describe('help', () => {
  const commands = ['start', 'migrate', 'tenant', 'tenant add', 'tenant list', 'token', 'token issue', 'token list', 'token revoke'];

  test.each(['', ...commands, 'key', 'key add', 'send', 'check', 'jobs', 'report'])('rosterport %s --help', async (typed) => {
    const { code, out, err } = await rosterport(folder, [...typed.split(' ').filter((word) => word !== ''), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Usage: rosterport ${typed}`.trimEnd());
    expect(out).toMatch(/^Examples?:$/m);
  });
});

describe('on a running product', () => {
  test('a tenant is added once, and listed', async () => {
    const added = await rosterportJson<Tenant>(dataDir, ['tenant', 'add', 'acme']);
    expect(Object.keys(added)).toEqual(['id', 'name', 'createdAt', 'networks', 'dailyBytes', 'dailyFiles']);
    const again = await rosterport(dataDir, ['tenant', 'add', 'acme']);
    expect(again).toMatchObject({ code: 6, out: '' });
    expect(again.err).toContain('A tenant named `acme` exists already.');
    expect((await rosterportJson<Tenant[]>(dataDir, ['tenant', 'list'])).map(({ name }) => name).sort()).toEqual(['acme', 'demo']);
    expect((await rosterport(dataDir, ['tenant', 'list'])).out).toMatch(/^NAME +ADDED +FROM +DAILY BYTES +DAILY FILES +ID\n(acme|demo) +\d{4}-/);
  });

  test('a token works from the moment it is issued until it is revoked', async () => {
    const issued = await rosterport(dataDir, ['token', 'issue', '--tenant', 'demo', '--name', 'in text']);
    expect(issued.out).toMatch(/^\S+\n$/);
    const { token, credential } = await rosterportJson<Issued>(dataDir, ['token', 'issue', '--tenant', 'demo', '--scope', 'reports']);
    expect(await Promise.all([issued.out.trim(), token].map(statusWith))).toEqual([200, 200]);

    const listed = await rosterport(dataDir, ['token', 'list', '--tenant', 'demo']);
    expect(listed.out).toContain(credential.id);
    expect(listed.out).toContain('in text');
    expect(listed.out).not.toContain(token);

    const revoked = await rosterportJson<Credential>(dataDir, ['token', 'revoke', '--tenant', 'demo', credential.id]);
    expect(revoked.revokedAt).not.toBeNull();
    expect(await Promise.all([issued.out.trim(), token].map(statusWith))).toEqual([200, 401]);
    const after = await rosterportJson<Credential[]>(dataDir, ['token', 'list', '--tenant', 'demo']);
    expect(after.find(({ id }) => id === credential.id)?.revokedAt).toBe(revoked.revokedAt);
    expect(await rosterport(dataDir, ['token', 'list', '--tenant', 'nobody'])).toMatchObject({ code: 4, out: '' });
  });

  test('a key that was added logs in, and not after it was revoked', async () => {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const path = join(folder, 'id.pub');
    await writeFile(path, `${pair.public}\n`);
    const added = await rosterportJson<Credential>(dataDir, ['key', 'add', path, '--tenant', 'demo', '--name', 'HR server']);
    expect(added).toMatchObject({ kind: 'sshKey', name: 'HR server', fingerprint: expect.stringMatching(/^SHA256:/) as unknown });
    const logIn = (): Promise<string> => withSftp(product, () => Promise.resolve('in'), { privateKey: pair.private });
    expect(await logIn()).toBe('in');
    await rosterportJson(dataDir, ['token', 'revoke', '--tenant', 'demo', added.id]);
    await expect(logIn()).rejects.toThrow('authentication');
  });

  test.each([
    ['a clean file', clean, 0, 'users.csv: applied; 0 of 2 rows rejected.'],
    ['a file with faulty rows', faulty, 1, 'users.csv: applied; 8 of 8 rows rejected.'],
    ['a file that is refused', bad, 1, 'comma.csv: refused as a whole; nothing has changed.'],
  ])('send waits for %s and tells what became of it', async (_name, path, code, headline) => {
    const outcome = await rosterport(dataDir, ['send', path]);
    expect(outcome).toMatchObject({ code });
    expect(outcome.out).toContain(headline);
  });

  test('send with a wrong token, and without a server', async () => {
    const wrong = await rosterport(dataDir, ['send', clean, '--token', `${product.facts.token}x`]);
    expect(wrong).toMatchObject({ code: 3, out: '' });
    expect(wrong.err).toContain('The token or key is not valid.');
    expect(wrong.err).not.toContain(product.facts.token);
    expect(await rosterport(dataDir, ['send', clean, '--url', 'https://127.0.0.1:1'])).toMatchObject({ code: 5 });
    expect(await rosterport(dataDir, ['send', join(folder, 'missing.csv')])).toMatchObject({ code: 4 });
  });

  test('jobs and report show the same job in every form', async () => {
    const [sent] = await rosterportJson<Job[]>(dataDir, ['send', clean]);
    const [listed] = await rosterportJson<Job[]>(dataDir, ['jobs', '--limit', '1']);
    expect(listed).toEqual(sent);
    const id = sent?.id ?? '';
    expect((await rosterport(dataDir, ['jobs', '--limit', '1'])).out).toContain(id);

    const shown = async (format: string): Promise<string> => {
      const { code, out, err } = await rosterport(dataDir, ['report', id, '--format', format]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      return out;
    };
    expect(await shown('text')).toContain('users.csv: applied; 0 of 2 rows rejected.');
    const { job, rows } = JSON.parse(await shown('json')) as { job: Job; rows: ReportRow[] };
    expect({ job, rows: rows.length }).toEqual({ job: sent, rows: countedRows(job.counts) });
    const [header, ...lines] = (await shown('csv')).trimEnd().split('\r\n');
    expect({ header, lines: lines.length }).toEqual({ header: expect.stringMatching(/^\uFEFFsheet;row;externalId;result;/) as unknown, lines: 2 });
    const path = join(folder, 'report.xlsx');
    expect(await rosterport(dataDir, ['report', id, '--format', 'xlsx', '--output', path])).toEqual({ code: 0, out: '', err: '' });
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.readFile(path);
    expect(workbook.worksheets.map(({ name, rowCount }) => [name, rowCount])).toContainEqual(['Users', 3]);
    expect(await rosterport(dataDir, ['report', '00000000-0000-4000-8000-000000000000'])).toMatchObject({ code: 4, out: '' });
  });
});

describe('without a server', () => {
  test.each([
    ['clean', clean, 0],
    ['faulty', faulty, 1],
    ['bad', bad, 1],
  ])('check judges a %s file', async (_name, path, code) => {
    const nowhere = join(folder, 'nowhere');
    expect(await rosterport(nowhere, ['check', path])).toMatchObject({ code, err: '' });
    const asJson = await rosterport(nowhere, ['check', path, '--json']);
    expect(asJson.code).toBe(code);
    expect(JSON.parse(asJson.out)).toHaveProperty('issues');
    await expect(readFile(nowhere)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('commands on the data folder of a product that is stopped start its database for a moment', async () => {
    await product.stop();
    expect((await rosterportJson<Tenant[]>(dataDir, ['tenant', 'list'])).map(({ name }) => name)).toContain('demo');
    await untilNothingRuns(dataDir);
    expect(await rosterport(join(folder, 'nowhere'), ['tenant', 'list'])).toMatchObject({ code: 4, out: '' });
    expect(await rosterport(dataDir, ['jobs'])).toMatchObject({ code: 5, out: '' });
    product = await startProduct({ dataDir });
  });
});
