import { splitIssues, type Job, type JobId } from '@rosterport/domain';

/** What the sender of a file that was not refused is told; the job is `null` while nothing is known of it. */
export function receivedText(jobId: JobId, job: Pick<Job, 'state' | 'issues'> | null): string {
  const first = `The file was received as job ${jobId}.`;
  return `${[first, ...more(job)].join('\n')}\n`;
}

function more(job: Pick<Job, 'state' | 'issues'> | null): readonly string[] {
  switch (job?.state) {
    case 'held':
      return ['It waits for approval; nothing has changed yet.', ...guardSentences(job)];
    case 'waiting':
      return ['It waits until an earlier file of its feed is approved or discarded; nothing has changed yet.'];
    case 'previewed':
      return ['It was a dry run: nothing has changed. The report of the job says what would.', ...guardSentences(job)];
    case 'superseded':
      return ['A later file has taken its place; nothing has changed.'];
    default:
      return [];
  }
}

function guardSentences({ issues }: Pick<Job, 'issues'>): readonly string[] {
  return splitIssues(issues).guards.map(({ message }) => message);
}
