import { isFailure, type FailureKind } from '@rosterport/domain';
import { SftpError, type SftpStatus } from '@rosterport/sftp';

/** What SFTP version 3 calls each kind of failure; it has few words, so that most are plain failures. */
export const statusOfKind: Readonly<Record<FailureKind, Exclude<SftpStatus, 'ok'>>> = {
  refused: 'permissionDenied',
  unauthenticated: 'permissionDenied',
  invalid: 'failure',
  missing: 'noSuchFile',
  conflict: 'failure',
  'too-large': 'failure',
  busy: 'failure',
  unavailable: 'failure',
  broken: 'failure',
};

/**
 * What a client hears of an error: a failure's own sentence under the status of its kind, nothing of a fault of ours. An
 * error that is no failure comes back as it is.
 */
export function sftpErrorOf(error: unknown): unknown {
  if (!isFailure(error)) return error;
  const status = statusOfKind[error.kind];
  return new SftpError(status, error.kind === 'broken' ? undefined : error.message, { cause: error });
}

/** Runs the work and lets its failure go on in the words of SFTP. */
export async function inSftpWords<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw sftpErrorOf(error);
  }
}
