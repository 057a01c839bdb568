import { setTimeout as pause } from 'node:timers/promises';
import { isFailure, isFinal, type Job } from '@rosterport/domain';
import type { Api } from './api.ts';

/** How long a server may be away, or not know the job yet, before waiting is given up; milliseconds. */
const patienceMs = 60_000;
const shortestMs = 100;
const longestMs = 2_000;

/**
 * Waits until nothing more happens to the job by itself: its state is final, or a person must decide. A server that
 * restarts meanwhile is waited for. Rejects when the server stays away or does not know the job.
 */
export async function waitForJob(api: Api, id: string): Promise<Job> {
  let away = Date.now();
  for (let rest = shortestMs; ; rest = Math.min(rest * 1.5, longestMs)) {
    try {
      const job = await api.job(id);
      if (isFinal(job.state) || job.state === 'held' || job.state === 'waiting') return job;
      away = Date.now();
    } catch (error) {
      // An accepted file has no job as long as the database is away.
      const mayPass = isFailure(error) && (error.retry || error.kind === 'missing');
      if (!mayPass || Date.now() - away > patienceMs) throw error;
    }
    await pause(rest);
  }
}
