import { longName, type SftpEntry } from '@rosterport/sftp';
import { uploadAttributes } from './attributes.ts';
import type { Seen } from './seen.ts';

/**
 * The entry of an upload. Its long line, which people see and most programs do not, has the state in the column of the owner
 * and the beginning of the job's id, as in the names of its receipts, in that of the group.
 */
export function uploadEntry(name: string, { size, modified, state, jobId }: Seen): SftpEntry {
  const attributes = uploadAttributes(size, modified);
  const owners = `${state.padEnd(10)} ${(jobId?.slice(0, 8) ?? '-').padEnd(8)}`;
  // The owners of an upload have no numbers, so that the line has zeros there.
  const line = longName(name, attributes, Date.now() / 1000).replace(/^(\S+ +1) 0 +0 +/, (_, start: string) => `${start} ${owners} `);
  return { name, attributes, longName: line };
}
