import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixturePath } from '@rosterport/fixtures';
import type { Job, Page, Receipt } from '@rosterport/domain';
import ssh2 from 'ssh2';
import { rosterport } from './product/command-line.ts';
import { finishedJob, read } from './product/https-client.ts';
import { openSshShell, type OpenSshShell } from './product/open-ssh.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from './product/product.ts';
import { missingPrograms, type Outcome } from './product/run-program.ts';
import { until } from './product/until.ts';

const missing = missingPrograms(['/usr/bin/sftp', '/usr/bin/scp', '/usr/bin/ssh']);
const withClients = missing.length === 0 ? describe : describe.skip;

withClients(`OpenSSH’s own clients${missing.length === 0 ? '' : ` (not installed: ${missing.join(', ')})`}`, () => {
  const folder = newDataDir();
  const file = (name: string): string => join(folder, name);
  let product: Product;
  let shell: OpenSshShell;
  let port: string;
  const host = 'demo@127.0.0.1';
  /** A batch forbids questions; the one for the password is allowed before, since the first word counts. */
  const batch = ['-o', 'BatchMode=no', '-b', '-'];

  beforeAll(async () => {
    product = await startProduct();
    shell = await openSshShell(folder, product.facts.token);
    port = String(product.facts.sftpPort);
    await writeFile(file('users.csv'), await readFile(fixturePath('cases/minimal-users/users.csv')));
    await writeFile(file('longer.csv'), `${await readFile(file('users.csv'), 'utf8')}E3;Cia;Ek;cia@example.com;\n`);
    await writeFile(file('faulty.csv'), await readFile(fixturePath('cases/every-bad-cell/users.csv')));
  });
  afterAll(async () => {
    await product.stop();
    await removeDataDir(product.dataDir);
    await removeDataDir(folder);
  });

  /** Types the lines into sftp, which ends at the first that fails. */
  function sftp(lines: readonly string[], options: readonly string[] = [], by = shell): Promise<Outcome> {
    return by.run('sftp', [...batch, '-P', port, ...options, host], `${lines.join('\n')}\n`);
  }

  /** The jobs of these files, newest first, once all have ended. */
  async function jobsOf(fileName: string, count: number): Promise<readonly Job[]> {
    const jobs = await until(`${count} jobs of ${fileName}`, async () => {
      const { items } = await read<Page<Job>>(product, '/v1/jobs?limit=1000');
      const found = items.filter((job) => job.fileName === fileName);
      return found.length >= count && found;
    });
    expect(jobs).toHaveLength(count);
    return Promise.all(jobs.map(({ id }) => finishedJob(product, id)));
  }

  test('put, ls and a second put over the first', async () => {
    const outcome = await sftp([`put ${file('users.csv')} put.csv`, 'ls', 'ls -l put.csv', `put ${file('longer.csv')} put.csv`, 'ls -ln /incoming/put.csv']);
    expect(outcome).toMatchObject({ code: 0 });
    const sizes = await Promise.all(['users.csv', 'longer.csv'].map(async (name) => (await readFile(file(name))).length));
    expect(outcome.out).toMatch(/^delta +feeds +full +incoming +put\.csv +receipts/m);
    expect([...outcome.out.matchAll(/^--w-------(?: +\S+){3} +(\d+) .*put\.csv$/gm)].map((found) => Number(found[1]))).toEqual(sizes);
    const [second, first] = await jobsOf('put.csv', 2);
    expect(first).toMatchObject({ state: 'applied', counts: { created: 2, unchanged: 0 } });
    expect(second).toMatchObject({ state: 'applied', counts: { created: 1, unchanged: 2 } });
  });

  test('put to a temporary name, then rename', async () => {
    const outcome = await sftp([`put ${file('users.csv')} renamed.csv.part`, 'rename renamed.csv.part renamed.csv', 'ls -l renamed.csv']);
    expect(outcome).toMatchObject({ code: 0 });
    expect((await jobsOf('renamed.csv', 1))[0]).toMatchObject({ state: 'applied', channel: 'sftp' });
    expect(await jobsOf('renamed.csv.part', 0)).toEqual([]);
  });

  test('a file that was uploaded cannot be fetched, its receipt can', async () => {
    expect(await sftp([`put ${file('faulty.csv')} receipt.csv`])).toMatchObject({ code: 0 });
    const [job] = await jobsOf('receipt.csv', 1);
    const refused = await sftp([`get receipt.csv ${file('back.csv')}`]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Permission denied');
    expect(await sftp([`get /receipts/receipt.csv.${job?.id}.json ${file('receipt.json')}`, `get /receipts/receipt.csv.${job?.id}.csv ${file('receipt-csv')}`])).toMatchObject({ code: 0 });
    const receipt = JSON.parse(await readFile(file('receipt.json'), 'utf8')) as Receipt;
    expect(receipt).toMatchObject({ job: job?.id, state: 'applied', counts: job?.counts });
    expect(await readFile(file('receipt-csv'), 'utf8')).toContain('validateMandatoryValues');
  });

  test('a wrong password and an unknown user are refused', async () => {
    const { token } = product.facts;
    const stranger = await openSshShell(file('stranger'), `${token.slice(0, -1)}${token.endsWith('0') ? 'A' : '0'}`);
    const wrong = await sftp([`put ${file('users.csv')} stranger.csv`], [], stranger);
    expect(wrong.code).toBe(255);
    expect(wrong.err).toContain('Permission denied (publickey,password)');
    expect(await shell.run('sftp', [...batch, '-P', port, 'nobody@127.0.0.1'], 'ls\n')).toMatchObject({ code: 255 });
    expect(await jobsOf('stranger.csv', 0)).toEqual([]);
  });

  test('scp sends a file, and another one over it', async () => {
    for (const count of [1, 2]) {
      expect(await shell.run('scp', ['-P', port, file('users.csv'), `${host}:/incoming/scp.csv`])).toMatchObject({ code: 0 });
      expect((await jobsOf('scp.csv', count)).map(({ state }) => state)).toEqual(Array.from({ length: count }, () => 'applied'));
    }
  });

  test('a key that was added by the command line logs in without the token', async () => {
    const pair = ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
    await writeFile(file('id'), pair.private, { mode: 0o600 });
    await writeFile(file('id.pub'), `${pair.public}\n`);
    const withKey = ['-i', file('id'), '-o', 'IdentitiesOnly=yes', '-o', 'PasswordAuthentication=no'];
    expect(await sftp(['ls'], withKey)).toMatchObject({ code: 255 });
    expect(await rosterport(product.dataDir, ['key', 'add', file('id.pub'), '--tenant', 'demo'])).toMatchObject({ code: 0, err: '' });
    expect(await sftp([`put ${file('users.csv')} by-key.csv`], withKey)).toMatchObject({ code: 0 });
    expect((await jobsOf('by-key.csv', 1))[0]).toMatchObject({ state: 'applied' });
  });
});
