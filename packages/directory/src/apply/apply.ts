import { Failure, issue, noChanges, type Changes, type IssueCode } from '@rosterport/domain';
import { takeClaims } from '../plan/claim-conflicts.ts';
import { countIssues, countResults } from '../plan/count-changes.ts';
import { limitProbing } from '../plan/limit-probing.ts';
import { plan, type Plan } from '../plan/plan.ts';
import { isNamedByName, seekNames } from '../prefilter/named-by-name.ts';
import type { JobContext } from '../work/job-context.ts';
import { countManagerChanges, noteManagers } from './derived-managers.ts';
import { lockEmptyDirectory, withoutIdleTriggers, withoutIndexes } from './fill-tables.ts';
import { dropPlan, keepPlan } from './keep-plan.ts';
import { keepRowHashes } from './keep-row-hashes.ts';
import { refreshStatistics } from './refresh-statistics.ts';
import { writeJournal } from './write-journal.ts';
import { writeDefinitions } from './write-definitions.ts';
import { writeGroups, writeLinks, writeUsers } from './write-records.ts';

/** A plan whose e-mails and phones are taken, so that nothing can come between it and the directory. */
export interface ClaimedPlan extends Plan {
  readonly claimed: true;
  /** True when nobody is in the directory of any tenant, and nobody else can come to it before the transaction ends. */
  readonly fillsEmpty: boolean;
}

/** A plan of a file that is refused as a whole. Every row that is not rejected is skipped; nothing was claimed. */
export interface ForbiddenPlan extends Plan {
  readonly claimed: false;
}

const mostTries = 5;

/**
 * Plans, and takes the e-mails and phones that the plan needs. When another tenant's job was faster with one of them, the
 * plan is made again and now sees it: a lost claim refuses its row, never the job.
 *
 * Fails with `databaseUnavailable` (to be tried again) when that happens five times in a row.
 */
export async function planAndClaim(context: JobContext): Promise<ClaimedPlan | ForbiddenPlan> {
  const { client, policy } = context;
  for (let tries = 0; tries < mostTries; tries += 1) {
    await client.query('savepoint unplanned');
    const made = await plan(context);
    const probing = await limitProbing(context, made.rowIssues);
    if (probing !== null) return { ...(await forbid(context, made)), rowIssues: await countIssues(context), fileIssues: [probing] };
    if (policy.rowError === 'rejectFile' && made.counts.rejected > 0) {
      const forbidden = await forbid(context, made);
      return { ...forbidden, fileIssues: [issue('validateRowErrors', { found: String(forbidden.counts.rejected) })] };
    }
    await client.query('savepoint planned');
    const fillsEmpty = await lockEmptyDirectory(context, made.changes.usersCreated);
    const take = (): Promise<boolean> => takeClaims(context, fillsEmpty);
    if (await (fillsEmpty ? withoutIndexes(context.client, ['claims'], take) : take())) return { ...made, claimed: true, fillsEmpty };
    await client.query('rollback to savepoint unplanned');
  }
  throw new Failure('databaseUnavailable');
}

/** Whom a file that is refused was found to hold: all of them, or perhaps others in a part that could not be understood. */
export interface KnownRows {
  readonly allGroups: boolean;
  readonly allPeople: boolean;
}

const aboutGroups: readonly IssueCode[] = ['validateGroupExists', 'validateParentGroupExists'];
const aboutPeople: readonly IssueCode[] = ['validateManagerExists', 'validateManagerNameIsUnique'];

/**
 * Judges the rows of a file that is refused for a fault of its own, so that its sender learns of everything at once. What rows
 * say of groups or managers is left out where it could not be told of every row which it is about.
 */
export async function planRefused(context: JobContext, { allGroups, allPeople }: KnownRows): Promise<ForbiddenPlan> {
  const made = await plan(allGroups ? context : { ...context, policy: { ...context.policy, unknownGroup: 'skip' } });
  await leaveOut(context, [...(allGroups ? [] : aboutGroups), ...(allPeople ? [] : aboutPeople)]);
  const probing = await limitProbing(context, made.rowIssues);
  const fileIssues = probing === null ? [] : [probing];
  return { ...(await forbid(context, made)), rowIssues: await countIssues(context), fileIssues };
}

async function leaveOut({ client }: JobContext, codes: readonly IssueCode[]): Promise<void> {
  await client.query(
    `update row_verdicts v set issues = kept.issues, codes = kept.codes
     from row_verdicts o, lateral (
       select jsonb_agg(i) as issues, array_agg(distinct i ->> 'code') as codes
       from jsonb_array_elements(o.issues) i where i ->> 'severity' = 'error' or not i ->> 'code' = any($1)) kept
     where v.ordinal = o.ordinal and o.codes && $1`,
    [codes],
  );
}

/** The whole file is refused: the sound rows are skipped, and need a verdict only where there are findings. */
async function forbid(context: JobContext, made: Plan): Promise<ForbiddenPlan> {
  await context.client.query(`update row_verdicts set result = 'skipped' where result <> 'rejected'`);
  await context.client.query(`delete from row_verdicts where result = 'skipped' and issues is null`);
  const judged = { dataRows: made.dataRows, usualResult: 'skipped' } as const;
  const counts = await countResults(context, judged);
  return { ...made, ...judged, counts, changes: noChanges, fileIssues: [], attributeChanges: [], claimed: false };
}

/**
 * Writes the plan into the directory, with its journal, which takes the place of what was kept of the plan while the job was
 * held. Nothing is visible to others, and nothing stays, until the transaction commits. Returns all that changed.
 */
export async function apply(context: JobContext, claimed: ClaimedPlan): Promise<Changes> {
  const byName = await begin(context, claimed);
  await writeJournal(context);
  await dropPlan(context);
  return write(context, claimed, byName);
}

/**
 * Does everything that `apply` does, takes it back, and keeps what would change: nothing is left of it in the directory.
 * Returns what the plan would change and its fingerprint.
 */
export async function rehearse(
  context: JobContext,
  claimed: ClaimedPlan,
): Promise<{ readonly changes: Changes; readonly fingerprint: string }> {
  const changes = await write(context, claimed, await begin(context, claimed));
  await context.client.query('rollback to savepoint planned');
  return { changes, fingerprint: await keepPlan(context, claimed) };
}

/** Returns whether rows of the tenant name managers by name, or will. */
async function begin(context: JobContext, { file }: ClaimedPlan): Promise<boolean> {
  if (file.namesManagers) await seekNames(context);
  const byName = file.namesManagers || (await isNamedByName(context));
  await noteManagers(context, byName);
  return byName;
}

async function write(context: JobContext, claimed: ClaimedPlan, byName: boolean): Promise<Changes> {
  await keepRowHashes(context, byName);
  await writeDefinitions(context.client, context, claimed.attributeChanges);
  if (claimed.changes.groupsCreated + claimed.changes.groupsUpdated > 0) await writeGroups(context);
  const writePeople = async (): Promise<void> => {
    await writeUsers(context, byName);
    await writeLinks(context);
  };
  const fill = (): Promise<void> => withoutIdleTriggers(context.client, writePeople);
  await (claimed.fillsEmpty ? withoutIndexes(context.client, ['users', 'memberships', 'manager_facts'], fill) : writePeople());
  await refreshStatistics(context, claimed.changes);
  return { ...claimed.changes, ...(await countManagerChanges(context, byName)) };
}
