import { Failure, noChanges, type Changes, type JobId } from '@rosterport/domain';
import type { DirectoryContext } from '../work/job-context.ts';
import { lockDirectory } from '../work/lock-directory.ts';
import { openWork } from '../work/open-work.ts';
import { workOutEmailKeys, workOutNameKeys } from './comparison-keys.ts';
import { affectedByRevert, countReverted } from './count-reverted.ts';
import { journalRevert, listKept } from './journal-revert.ts';
import { judge } from './judge.ts';
import { countManagersOfGroups, noteManagersOfGroups } from './managers-of-groups.ts';
import { moveClaims } from './move-claims.ts';
import { noteEntries } from './note-entries.ts';
import { noteLinks } from './note-links.ts';
import { noteRecords } from './note-records.ts';
import { revertTables } from './revert-tables.ts';
import { writeRevert } from './write-revert.ts';

/** What came of a revert. */
export interface Reverted {
  readonly changes: Changes;
  /** How many records are not, or not in all, as they were before the job. They are listed among the revert's planned changes. */
  readonly kept: number;
}

const mostTries = 5;

/**
 * Undoes what a job changed, by its journal, and writes a journal of its own, so that a revert can be reverted too. A value
 * goes back where it still is what the job wrote, and nobody has touched it since; what the job made is removed unless it was
 * changed or is used since; what it removed is made again under the same id. What cannot go back stays as it is, and is listed.
 *
 * The job must belong to the context's source, and `context.jobId` is the revert's own. Takes the tenant's directory lock,
 * makes the work tables of the transaction, and commits nothing. Fails with `databaseUnavailable` (to be tried again) when
 * other tenants' jobs were faster with an e-mail five times in a row.
 */
export async function revert(context: DirectoryContext, target: JobId): Promise<Reverted> {
  const { client, tenantId } = context;
  await lockDirectory(client, tenantId);
  await openWork(client);
  await client.query(revertTables);
  await noteEntries(context, target);
  await noteRecords(context);
  await noteLinks(context);
  await workOutEmailKeys(context);
  await judgeAndClaim(context);
  await workOutNameKeys(context);
  await noteManagersOfGroups(context, affectedByRevert);
  await journalRevert(context);
  const kept = await listKept(context);
  const changes = await countReverted(context);
  await writeRevert(context);
  return { changes: { ...noChanges, ...changes, ...(await countManagersOfGroups(context)) }, kept };
}

/** A value that another tenant's job was faster with is judged again, and then stays as it is. */
async function judgeAndClaim(context: DirectoryContext): Promise<void> {
  const { client } = context;
  await client.query('savepoint unjudged');
  for (let tries = 0; tries < mostTries; tries += 1) {
    await judge(context);
    if (await moveClaims(context)) return;
    await client.query('rollback to savepoint unjudged');
  }
  throw new Failure('databaseUnavailable');
}
