import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '@rosterport/domain';
import type { Api } from './api.ts';
import { waitForJob } from './wait-for-job.ts';

const pauseMs = 200;

/**
 * Waits until an approval was carried out: the job has ended, or is held again. Until a processor takes it, a job that was
 * approved is held as before; its events tell the two apart.
 */
export async function waitForDecided(api: Api, id: string): Promise<Job> {
  for (;;) {
    const job = await waitForJob(api, id);
    if (job.state !== 'held') return job;
    const { items } = await api.events({ job: id, limit: 1 });
    // The job may have been carried out and held again between the two questions.
    if (items[0]?.kind !== 'jobApproved') return waitForJob(api, id);
    await pause(pauseMs);
  }
}
