import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { Failure } from '@rosterport/domain';
import type { Settings } from '../settings.ts';
import { readFirstRun, type TokenPurpose } from './first-run-file.ts';
import { localFileFailure } from './local-file.ts';

/** What was said about the server on the command line. */
export interface ServerOptions {
  readonly url?: string;
  readonly token?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
}

/** A server, who we are to it, and why we believe that it is the one. */
export interface Server {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** PEM of the certificates that may vouch for it. */
  readonly ca: readonly string[];
  /** True when any certificate will do. */
  readonly insecure: boolean;
}

/**
 * Finds out which server to talk to. Without a URL it is the one of this machine. For a server of this machine the data
 * folder helps out: with the token of the first start for the purpose, and with the certificate that the server made itself.
 *
 * Fails with `commandInvalid`, `tokenNotGiven`, and where the file of `--ca` cannot be read.
 */
export async function findServer(
  options: ServerOptions,
  settings: Settings,
  purpose: TokenPurpose,
): Promise<Server> {
  const notes = await readFirstRun(settings.dataDir);
  // What the last start wrote down is what runs, whatever this shell's environment says.
  const port = notes.httpsPort ?? (settings.httpsPort === 0 ? 8443 : settings.httpsPort);
  const url = readUrl(options.url ?? `https://localhost:${port}`);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const address = url.href.replace(/\/$/, '');
  const token = (options.token ?? settings.token?.reveal() ?? (isLocal ? notes[purpose] : undefined))?.trim();
  if (token === undefined || token === '') throw new Failure('tokenNotGiven', { values: { url: address } });
  // Node refuses to send other characters in a header.
  if (!/^[\x21-\x7e]+$/.test(token)) throw invalid('the token holds a space or another character that no token has');
  return { url: address, token, ca: await trusted(options.ca, isLocal ? settings.dataDir : null), insecure: options.insecure === true };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:') throw invalid('the URL must begin with https://');
  if (url.username !== '' || url.password !== '') throw invalid('the URL must hold neither user nor password');
  if (url.search !== '' || url.hash !== '') throw invalid('the URL must end with its path');
  return url;
}

function invalid(problem: string): Failure {
  return new Failure('commandInvalid', { values: { problem } });
}

async function trusted(file: string | undefined, dataDir: string | null): Promise<readonly string[]> {
  if (file !== undefined) {
    const given = await readFile(file, 'utf8').catch((error: unknown) => {
      throw localFileFailure(error, file);
    });
    return [...rootCertificates, given];
  }
  const own = dataDir === null ? null : await readFile(join(dataDir, 'tls', 'https.crt'), 'utf8').catch(() => null);
  return own === null ? rootCertificates : [...rootCertificates, own];
}
