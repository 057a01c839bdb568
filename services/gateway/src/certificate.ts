import { Failure } from '@rosterport/domain';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { generate } from 'selfsigned';

/** The key and certificate of the HTTPS door, in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** True when it is one that we made. */
  readonly selfSigned: boolean;
  /** SHA-256 of the certificate, as browsers and OpenSSL show it. */
  readonly fingerprint256: string;
}

interface Pair {
  readonly key: string;
  readonly cert: string;
}

/** By this name in a certificate we know that we made it. */
const ourName = 'Rosterport (made by itself)';
const dayMs = 86_400_000;
const validDays = 730;
const renewWithinDays = 30;

/**
 * The pair `https.key` and `https.crt` in the folder. Where both are missing, a self-signed pair (ECDSA P-256) for these
 * host names and addresses is made; one that we made is made again within 30 days of its end, or when it is broken. A pair
 * that somebody else put there is used as it is.
 *
 * Fails with `certificateInvalid` when such a pair cannot be used, with `dataFolderUnusable` when the folder cannot be
 * written.
 */
export async function ensureCertificate(folder: string, hosts: readonly string[], now = new Date()): Promise<Certificate> {
  const key = await readIfThere(folder, 'https.key');
  const cert = await readIfThere(folder, 'https.crt');
  const parsed = cert === null ? null : parse(folder, cert);
  const isOurs = parsed?.subject.includes(`O=${ourName}`) === true;
  if (isOurs && key !== null && cert !== null && isSound({ key, cert }, parsed) && !endsSoon(parsed, now)) {
    return shown({ key, cert }, true);
  }
  if (isOurs || (key === null && cert === null)) return shown(await make(folder, hosts, now), true);
  if (key === null) throw invalid(folder, '`https.key` is missing');
  if (cert === null || parsed === null) throw invalid(folder, '`https.crt` is missing');
  checkPair(folder, { key, cert }, parsed);
  return shown({ key, cert }, false);
}

function invalid(folder: string, problem: string, cause?: unknown): Failure {
  return new Failure('certificateInvalid', { values: { folder, problem }, cause });
}

async function readIfThere(folder: string, name: string): Promise<string | null> {
  try {
    return await readFile(join(folder, name), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw invalid(folder, `\`${name}\` cannot be read`, error);
  }
}

function parse(folder: string, cert: string): X509Certificate {
  try {
    return new X509Certificate(cert);
  } catch (error) {
    throw invalid(folder, '`https.crt` is not a certificate in PEM', error);
  }
}

function endsSoon(cert: X509Certificate, now: Date): boolean {
  return Date.parse(cert.validTo) - now.getTime() < renewWithinDays * dayMs;
}

function isSound({ key, cert }: Pair, parsed: X509Certificate): boolean {
  try {
    createSecureContext({ key, cert });
    return parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

function checkPair(folder: string, pair: Pair, parsed: X509Certificate): void {
  let matches: boolean;
  try {
    matches = parsed.checkPrivateKey(createPrivateKey(pair.key));
  } catch (error) {
    throw invalid(folder, '`https.key` is not a private key in PEM without a password', error);
  }
  if (!matches) throw invalid(folder, '`https.key` does not belong to `https.crt`');
  try {
    createSecureContext({ ...pair, minVersion: 'TLSv1.2' });
  } catch (error) {
    throw invalid(folder, 'TLS refuses the pair', error);
  }
}

function shown(pair: Pair, selfSigned: boolean): Certificate {
  return { ...pair, selfSigned, fingerprint256: new X509Certificate(pair.cert).fingerprint256 };
}

async function make(folder: string, hosts: readonly string[], now: Date): Promise<Pair> {
  const made = await generate(
    [
      { name: 'commonName', value: hosts[0] ?? 'localhost' },
      { name: 'organizationName', value: ourName },
    ],
    {
      keyType: 'ec',
      curve: 'P-256',
      algorithm: 'sha256',
      notBeforeDate: new Date(now.getTime() - dayMs),
      notAfterDate: new Date(now.getTime() + validDays * dayMs),
      extensions: [
        { name: 'basicConstraints', cA: false, critical: true },
        { name: 'keyUsage', digitalSignature: true, critical: true },
        { name: 'extKeyUsage', serverAuth: true },
        {
          name: 'subjectAltName',
          altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
        },
      ],
    },
  );
  const pair = { key: made.private, cert: `${made.cert.trimEnd()}\n` };
  await write(folder, pair);
  return pair;
}

/** The certificate goes first: it bears our name, so that after a crash in between the pair is made again. */
async function write(folder: string, { key, cert }: Pair): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replace(join(folder, 'https.crt'), cert, 0o644);
    await replace(join(folder, 'https.key'), key, 0o600);
  } catch (error) {
    throw new Failure('dataFolderUnusable', { values: { folder }, cause: error });
  }
}

async function replace(path: string, text: string, mode: number): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { mode, flag: 'wx', flush: true });
    await chmod(beside, mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
