import { once } from 'node:events';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { countedRows, type Job, type Page } from '@rosterport/domain';
import { call, directoryOf, finishedJob, read, uploadFile } from './product/https-client.ts';
import { openSshShell } from './product/open-ssh.ts';
import { embeddedServer, isOpen, untilNothingRuns } from './product/processes.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from './product/product.ts';
import { missingPrograms, runProgram } from './product/run-program.ts';
import { put, withSftp } from './product/sftp-client.ts';
import { samplePath } from './product/sample.ts';

const folder = newDataDir();
/** With a space, as people have them. */
const dataDir = join(folder, 'my data');
let product: Product;

beforeAll(async () => {
  await mkdir(dataDir);
  product = await startProduct({ dataDir, asText: true });
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(folder);
});

/** The line among those to paste that begins with these words. */
function lineToPaste(start: string): string {
  const line = product.printed().split('\n').find((text) => text.trim().startsWith(start));
  if (line === undefined) throw new Error(`No line begins with ${start}:\n${product.printed()}`);
  return line.trim();
}

/** The newest job, once it has ended. */
async function newestJob(): Promise<Job> {
  const { items } = await read<Page<Job>>(product, '/v1/jobs?limit=1');
  if (items[0] === undefined) throw new Error('There is no job.');
  return finishedJob(product, items[0].id);
}

/** The whole sample came in through the door, and most of it could be used. */
async function expectSample(channel: Job['channel']): Promise<void> {
  const job = await newestJob();
  expect(job).toMatchObject({ fileName: 'users.csv', channel, state: 'applied' });
  expect(countedRows(job.counts)).toBe((await readFile(samplePath, 'utf8')).trim().split('\n').length - 1);
  expect(job.counts.rejected).toBeLessThan(countedRows(job.counts) / 2);
}

/** Runs the test where the programs are; its name says which are missing elsewhere. */
function testWith(programs: readonly string[], name: string, work: () => Promise<void>): void {
  const missing = missingPrograms(programs);
  if (missing.length === 0) test(name, work);
  else test.skip(`${name} (not installed: ${missing.join(', ')})`, work);
}

test('the first start writes what a newcomer needs to a file that only its owner may read', async () => {
  const path = join(dataDir, 'first-run.json');
  const facts = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(Object.keys(facts)).toEqual(['tenant', 'sftpUser', 'token', 'reportToken', 'operatorToken', 'sftpPort', 'httpsPort']);
  expect(facts).toMatchObject({ tenant: 'demo', sftpUser: 'demo' });
  expect(await Promise.all([isOpen(product.facts.sftpPort), isOpen(product.facts.httpsPort)])).toEqual([true, true]);
});

test('the first start prints addresses, user, tokens and lines to paste', () => {
  const { sftpPort, httpsPort, token, reportToken, operatorToken } = product.facts;
  const addresses = [`localhost port ${sftpPort}`, `https://localhost:${httpsPort}`, dataDir];
  for (const part of [...addresses, token, reportToken, operatorToken]) {
    expect(product.printed()).toContain(part);
  }
  expect(lineToPaste('echo "put ')).toContain(`sftp -P ${sftpPort} demo@localhost`);
  expect(lineToPaste('curl ')).toContain('/v1/storage/uploadFile');
});

testWith(['/usr/bin/curl'], 'the curl lines, pasted, upload the sample and show its job', async () => {
  const upload = await runProgram('/bin/sh', ['-c', `${lineToPaste('curl ')} --fail --silent --show-error`]);
  expect(upload).toMatchObject({ code: 0, err: '' });
  await expectSample('https');
  const reading = lineToPaste(`curl --cacert '${join(dataDir, 'tls', 'https.crt')}' -H "Authorization: ${product.facts.reportToken}`);
  const shown = await runProgram('/bin/sh', ['-c', `${reading} --fail --silent --show-error`]);
  expect({ code: shown.code, jobs: (JSON.parse(shown.out) as Page<Job>).items.length }).toEqual({ code: 0, jobs: 1 });
});

testWith(['/usr/bin/sftp', '/usr/bin/ssh'], 'the sftp line, pasted, uploads the sample with the token as password', async () => {
  const shell = await openSshShell(folder, product.facts.token);
  const outcome = await shell.run('/bin/sh', ['-c', lineToPaste('echo "put ')]);
  expect(outcome).toMatchObject({ code: 0 });
  await expectSample('sftp');
});

test('it tells how it is, how it works and what it can do, to whoever asks', async () => {
  expect(await call(product, { path: '/healthz' })).toMatchObject({ status: 200 });
  const ready = await call(product, { path: '/readyz' });
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.body.toString())).toEqual({ ready: true, parts: { database: true, staging: true, sftp: true, https: true } });
  const metrics = await call(product, { path: '/metrics' });
  expect(metrics.body.toString()).toMatch(/^rosterport_open_jobs\{state="staged"\} \d+$/m);
  const { openapi, paths } = JSON.parse((await call(product, { path: '/openapi.json' })).body.toString()) as { openapi: string; paths: object };
  expect(openapi).toMatch(/^3\.1\./);
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/v1/storage/uploadFile', '/v1/files', '/v1/jobs', '/v1/jobs/{id}/report']));
});

/** What must outlive a stop. */
async function kept(): Promise<unknown> {
  return {
    jobs: await read<Page<Job>>(product, '/v1/jobs'),
    directory: await directoryOf(product),
    tokens: [product.facts.token, product.facts.reportToken, product.facts.operatorToken],
    hostKeys: product.printed().match(/SHA256:\S+/g),
    certificate: await certificateOf(product),
  };
}

/** The fingerprint of the certificate that the HTTPS door shows. */
async function certificateOf({ facts, ca }: Product): Promise<string> {
  const socket = connect({ port: facts.httpsPort, host: '127.0.0.1', servername: 'localhost', ca });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends everything, the database too, and a second start keeps all data', async (signal) => {
  const bytes = await readFile(samplePath);
  expect(await uploadFile(product, { fileName: 'users.csv', bytes })).toMatchObject({ status: 200 });
  await newestJob();
  const before = await kept();
  const server = await embeddedServer(dataDir);
  const { sftpPort, httpsPort } = product.facts;

  expect(await product.stop(signal)).toBe(0);
  await untilNothingRuns(folder);
  expect(await embeddedServer(dataDir)).toBeNull();
  expect(await Promise.all([server?.port ?? 0, sftpPort, httpsPort].map(isOpen))).toEqual([false, false, false]);

  product = await startProduct({ dataDir, asText: true });
  expect(await kept()).toEqual(before);
  // The tokens are shown once.
  expect(product.printed()).not.toContain(product.facts.token);
});

test('the log holds no token, no password and nothing of the people in the file', async () => {
  const [header = '', ...lines] = (await readFile(samplePath, 'utf8')).trim().split('\n');
  const columns = header.split(';');
  await withSftp(product, (sftp) => put(sftp, '/incoming/users.csv', Buffer.from(`${header}\n${lines.join('\n')}\n;broken`)));
  const job = await newestJob();
  const failed = await call(product, { path: '/v1/jobs', token: `${product.facts.token}x` });
  expect(failed.status).toBe(401);
  await product.stop();
  const log = product.log() + (await readFile(join(dataDir, 'postgres', 'postgres.log'), 'utf8'));
  const password = (await readFile(join(dataDir, 'postgres', 'secret'), 'utf8')).trim();
  const personal = ['First Name', 'Last Name', 'Email', 'PhoneNumber', 'City'].flatMap((name) =>
    lines.flatMap((line) => line.split(';')[columns.indexOf(name)] ?? []).filter((cell) => cell !== ''),
  );
  expect(log).toContain(job.id);
  expect(personal.length).toBeGreaterThan(10);
  const digits = personal.filter((cell) => cell.startsWith('+')).map((phone) => phone.replaceAll(' ', ''));
  const secrets = [product.facts.token, product.facts.reportToken, product.facts.operatorToken, password, ...personal, ...digits];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  product = await startProduct({ dataDir });
});
