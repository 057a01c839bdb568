import { splitIssues } from '@rosterport/domain';
import { SftpError } from '@rosterport/sftp';
import { verdictWithin, type VerdictWait } from '../../verdict-within.ts';

/**
 * Why the file was refused as a whole, in its first finding's words; `null` when it was not, or when that is not known in
 * time.
 */
export async function refusedByVerdict(wait: VerdictWait): Promise<SftpError | null> {
  const job = await verdictWithin(wait);
  if (job?.state !== 'rejected') return null;
  const [first] = splitIssues(job.issues).file.filter(({ severity }) => severity === 'error');
  const why = first?.message ?? 'The rows of the file were refused; see the receipt.';
  return new SftpError('failure', why);
}
