import { SftpError, type SftpHandle } from '@rosterport/sftp';
import { receiptAttributes } from './attributes.ts';
import type { ReceiptFile } from './receipts.ts';

/** The handle of a receipt: it can be read and nothing else. */
export function receiptHandle({ bytes, modified }: ReceiptFile): SftpHandle {
  const denied = (): Promise<never> => Promise.reject(new SftpError('permissionDenied', 'Receipts can only be read.'));
  return {
    write: denied,
    read: (position, length) => Promise.resolve(bytes.subarray(position, position + length)),
    stat: () => Promise.resolve(receiptAttributes(bytes.length, modified)),
    setstat: denied,
    close: () => Promise.resolve(),
    abandon: () => Promise.resolve(),
  };
}
