import type { SftpAttributes } from '@rosterport/sftp';

/** Attributes of a folder; `modified` in seconds since 1970. */
export function folderAttributes(takesFiles: boolean, modified: number): SftpAttributes {
  return { mode: takesFiles ? 0o040700 : 0o040500, times: { accessed: modified, modified } };
}

/** Attributes of an upload: it can be written, never read. */
export function uploadAttributes(size: number, modified: number): SftpAttributes {
  return { size, mode: 0o100200, times: { accessed: modified, modified } };
}

/** Attributes of a receipt: it can be read, never written. */
export function receiptAttributes(size: number, modified: number): SftpAttributes {
  return { size, mode: 0o100400, times: { accessed: modified, modified } };
}
