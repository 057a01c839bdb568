import { describe, expect, test } from '@jest/globals';
import { temporaryFolder } from '@rosterport/testing';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ensureCertificate } from './certificate.ts';

const root = temporaryFolder();
const hosts = ['localhost', '127.0.0.1', '::1', 'hr.example.com'];
const dayMs = 86_400_000;
let folders = 0;

function newFolder(): string {
  folders += 1;
  return join(root, String(folders));
}

async function foreignPair(): Promise<{ key: string; cert: string }> {
  const made = await generate([{ name: 'commonName', value: 'hr.example.com' }], { keyType: 'ec', algorithm: 'sha256' });
  return { key: made.private, cert: made.cert };
}

async function put(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

describe('the certificate that we make', () => {
  test('names the hosts, has a P-256 key that only this user can read, and is valid for more than a year', async () => {
    const folder = newFolder();
    const made = await ensureCertificate(folder, hosts);
    const parsed = new X509Certificate(made.cert);
    expect(made.selfSigned).toBe(true);
    expect(made.fingerprint256).toBe(parsed.fingerprint256);
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkHost('hr.example.com')).toBe('hr.example.com');
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkIP('::1')).toBe('::1');
    expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(parsed.verify(parsed.publicKey)).toBe(true);
    expect(Date.parse(parsed.validTo) - Date.now()).toBeGreaterThan(366 * dayMs);
    expect((await stat(join(folder, 'https.key'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['https.crt', 'https.key']);
  });

  test('is kept from start to start, until 30 days before its end', async () => {
    const folder = newFolder();
    const first = await ensureCertificate(folder, hosts);
    expect(await ensureCertificate(folder, hosts)).toEqual(first);
    const end = Date.parse(new X509Certificate(first.cert).validTo);
    expect(await ensureCertificate(folder, hosts, new Date(end - 31 * dayMs))).toEqual(first);
    const renewed = await ensureCertificate(folder, hosts, new Date(end - 29 * dayMs));
    expect(renewed.fingerprint256).not.toBe(first.fingerprint256);
    expect(renewed.key).not.toBe(first.key);
    expect(await readFile(join(folder, 'https.crt'), 'utf8')).toBe(renewed.cert);
    expect(await readFile(join(folder, 'https.key'), 'utf8')).toBe(renewed.key);
  });

  test.each([
    ['its key is gone', (folder: string) => rm(join(folder, 'https.key'))],
    ['its key is that of an earlier one', async (folder: string) => put(folder, { 'https.key': (await foreignPair()).key })],
  ])('is made again when %s, as after a crash', async (_, spoil) => {
    const folder = newFolder();
    const first = await ensureCertificate(folder, hosts);
    await spoil(folder);
    const again = await ensureCertificate(folder, hosts);
    expect(again.fingerprint256).not.toBe(first.fingerprint256);
    expect(await readFile(join(folder, 'https.key'), 'utf8')).toBe(again.key);
    expect(new X509Certificate(again.cert).checkPrivateKey(createPrivateKey(again.key))).toBe(true);
  });
});

describe('a pair of somebody else', () => {
  test('is used as it is, also past its end', async () => {
    const folder = newFolder();
    const pair = await foreignPair();
    await put(folder, { 'https.key': pair.key, 'https.crt': pair.cert });
    const far = new Date(Date.now() + 10_000 * dayMs);
    expect(await ensureCertificate(folder, hosts, far)).toEqual({
      ...pair,
      selfSigned: false,
      fingerprint256: new X509Certificate(pair.cert).fingerprint256,
    });
  });

  const locked = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey;

  test.each([
    ['the key of another certificate', { key: 'other' }, '`https.key` does not belong to `https.crt`'],
    ['no key', { key: null }, '`https.key` is missing'],
    ['no certificate', { cert: null }, '`https.crt` is missing'],
    ['a key with a password', { key: locked }, '`https.key` is not a private key in PEM without a password'],
    ['a certificate that is none', { cert: 'hello' }, '`https.crt` is not a certificate in PEM'],
  ] as const)('with %s fails and is left alone', async (_, changed: { key?: string | null; cert?: string | null }, problem) => {
    const folder = newFolder();
    const pair = await foreignPair();
    const key = changed.key === 'other' ? (await foreignPair()).key : changed.key === undefined ? pair.key : changed.key;
    const cert = changed.cert === undefined ? pair.cert : changed.cert;
    const files = { ...(key === null ? {} : { 'https.key': key }), ...(cert === null ? {} : { 'https.crt': cert }) };
    await put(folder, files);
    await expect(ensureCertificate(folder, hosts)).rejects.toMatchObject({
      code: 'certificateInvalid',
      message: `The HTTPS certificate in ${folder} cannot be used: ${problem}.`,
    });
    const left = await Promise.all(Object.keys(files).map((name) => readFile(join(folder, name), 'utf8')));
    expect(left).toEqual(Object.values(files));
    expect(await readdir(folder)).toHaveLength(left.length);
  });
});

test('a folder that cannot be made fails with dataFolderUnusable', async () => {
  const blocked = newFolder();
  await writeFile(blocked, 'a file, which no folder can be made in');
  await expect(ensureCertificate(join(blocked, 'inside'), hosts)).rejects.toMatchObject({ code: 'dataFolderUnusable' });
});
