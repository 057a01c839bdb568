import { isFailure, type ChangeAction, type Job, type RecordChange } from '@rosterport/domain';
import { isOnlyPlanned } from '@rosterport/reports';
import type { Api } from './api.ts';

/** What a person who decides wants to see first. */
const byWeight: readonly ChangeAction[] = ['deactivated', 'reactivated', 'updated', 'created'];

/**
 * The first changes of a job of which it matters what they are: those that it would make, the weightiest first, and what a
 * revert kept. None of a job that did what its file said, nor where the credential may not see them.
 */
export async function* firstChanges(api: Api, job: Job, limit: number): AsyncGenerator<RecordChange> {
  const actions: readonly ChangeAction[] = job.kind === 'revert' ? ['kept'] : isOnlyPlanned(job) ? byWeight : [];
  let left = limit;
  for (const action of actions) {
    if (left <= 0) return;
    const items = await visible(api.changes(job.id, { action, limit: left }).then((page) => page.items));
    yield* items;
    left -= items.length;
  }
}

async function visible<Item>(items: Promise<readonly Item[]>): Promise<readonly Item[]> {
  try {
    return await items;
  } catch (error) {
    if (isFailure(error) && error.kind === 'refused') return [];
    throw error;
  }
}
