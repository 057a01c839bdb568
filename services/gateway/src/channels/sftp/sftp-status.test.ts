import { describe, expect, test } from '@jest/globals';
import { Failure, failureCatalogue, failureKinds, type FailureCode } from '@rosterport/domain';
import { SftpError } from '@rosterport/sftp';
import { inSftpWords, sftpErrorOf, statusOfKind } from './sftp-status.ts';

describe('a failure', () => {
  test.each(failureKinds)('of kind %s has a status that is not OK', (kind) => {
    expect(['permissionDenied', 'noSuchFile', 'failure']).toContain(statusOfKind[kind]);
  });

  test.each(Object.keys(failureCatalogue) as FailureCode[])('%s is told in its own words, unless it is ours', (code) => {
    const failure = new Failure(code);
    const told = sftpErrorOf(failure) as SftpError;
    expect(told).toBeInstanceOf(SftpError);
    expect(told.status).toBe(statusOfKind[failure.kind]);
    expect(told.message).toBe(failure.kind === 'broken' ? 'The server could not do this.' : failure.message);
  });

  test.each([
    ['scopeMissing', 'permissionDenied'],
    ['notFound', 'noSuchFile'],
    ['fileTooLarge', 'failure'],
    ['storageFull', 'failure'],
  ] as const)('%s is %s', (code, status) => {
    expect(sftpErrorOf(new Failure(code))).toMatchObject({ status });
  });
});

test('an error that is no failure goes on as it is', async () => {
  const error = new Error('a secret');
  await expect(inSftpWords(() => Promise.reject(error))).rejects.toBe(error);
  expect(await inSftpWords(() => Promise.resolve(1))).toBe(1);
});
