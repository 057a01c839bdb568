import { Failure, personMentions, type Envelope, type JobId, type PersonTraces } from '@rosterport/domain';
import { isOpen, type TracedJob } from '@rosterport/jobs';
import type { PersonMentions } from '@rosterport/domain';

/** Looks for a person in a job's sealed file. `unsearchable`: it could not be read, and is packed or encrypted. */
export type SearchFile = (jobId: JobId, mentions: PersonMentions) => Promise<'found' | 'absent' | 'missing' | 'unsearchable'>;

/** Remembers in which files a person was looked for, so that none is read twice. */
export interface JobSearch {
  /**
   * Looks in the files of the jobs that were not looked at yet. Returns all jobs whose files are to go. Fails with
   * `personInOpenJob`, at the first job that is not finished and names the person.
   */
  look(jobs: readonly TracedJob[], unregistered: readonly Envelope[]): Promise<readonly JobId[]>;
}

/** Makes a search for one person. */
export function searchJobs(searchFile: SearchFile, traces: PersonTraces): JobSearch {
  const everywhere = personMentions(traces, null);
  const seen = new Map<JobId, boolean>();

  const names = async ({ id, sourceId, fileName, namesPerson }: TracedJob, open: boolean): Promise<boolean> => {
    if (namesPerson || everywhere.inText(fileName)) return true;
    const found = await searchFile(id, personMentions(traces, sourceId));
    return found === 'found' || (found === 'unsearchable' && !open);
  };

  return {
    async look(jobs, unregistered) {
      const gone: JobId[] = [];
      for (const job of jobs) {
        if (!job.hasFile) continue;
        const open = isOpen(job);
        const isNamed = seen.get(job.id) ?? (await names(job, open));
        seen.set(job.id, isNamed);
        if (isNamed && open) throw new Failure('personInOpenJob', { values: { job: job.id, state: job.state } });
        if (isNamed) gone.push(job.id);
      }
      for (const { jobId } of unregistered) {
        const isNamed = !seen.has(jobId) && (await searchFile(jobId, everywhere)) === 'found';
        if (isNamed) throw new Failure('personInOpenJob', { values: { job: jobId, state: 'staged' } });
      }
      return gone;
    },
  };
}
