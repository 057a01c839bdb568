import { randomUUID } from 'node:crypto';
import { withClient, type Database, type PoolClient } from '@rosterport/database';
import {
  defaultFeedPolicy,
  noChanges,
  type Changes,
  type CheckedRow,
  type Counts,
  type FeedPolicy,
  type GroupRecord,
  type GuardName,
  type Issue,
  type JobId,
  type Mode,
  type Reference,
  type SheetHeader,
  type SourceId,
  type TenantId,
  type UserRecord,
} from '@rosterport/domain';
import { apply, planAndClaim, type ClaimedPlan, type ForbiddenPlan } from '../apply/apply.ts';
import type { GuardFacts } from '../guards/guard.ts';
import { askGuards } from '../guards/guards.ts';
import { planAhead } from '../plan/plan-ahead.ts';
import { forRows } from '../work/few-rows.ts';
import type { JobContext } from '../work/job-context.ts';
import { openWork } from '../work/open-work.ts';
import { stageGroups, stageHeader, stageUsers, type StagedRows } from '../work/stage-rows.ts';

/** A user row as tests write it: what is left out is left as it is. */
export type UserCells = { readonly id: string } & Partial<Omit<UserRecord, 'externalId' | 'groups'>> & {
    readonly groups?: readonly (string | Reference)[];
    /** A row that the rules refused. */
    readonly faulty?: boolean;
    /** A row that the rules refused, and of which not even the id could be read. */
    readonly unreadable?: boolean;
  };

/** A group row as tests write it. */
export type GroupCells = { readonly id: string } & Partial<Omit<GroupRecord, 'externalId'>> & {
    /** A row that the rules refused. */
    readonly faulty?: boolean;
  };

/** A file as tests write it. */
export interface FileCells {
  readonly groups?: readonly GroupCells[];
  readonly users?: readonly UserCells[];
  readonly policy?: Partial<FeedPolicy>;
  /** `delta` when it is left out. */
  readonly mode?: Mode;
  readonly matchesByEmail?: boolean;
  readonly foreignEmailsLeft?: number;
  /** People are planned part by part while they are staged. */
  readonly partBytes?: number;
  /** As if so many of them had not been found then. */
  readonly missed?: number;
}

/** What guards are told besides the plan, as far as a test has something to tell. */
export interface ToldFacts {
  readonly file?: Partial<GuardFacts['file']>;
  readonly history?: Partial<GuardFacts['history']>;
  readonly lacksLineEnd?: boolean;
  readonly override?: readonly GuardName[];
}

/** What one file did. */
export interface Ran {
  readonly jobId: JobId;
  readonly counts: Counts;
  readonly changes: Changes;
  readonly plan: ClaimedPlan | ForbiddenPlan;
  readonly plannedAhead: number;
  /** `row result codes`, in file order. */
  readonly rows: readonly string[];
  /** `row found: expected` of every finding in a row, in file order. */
  readonly told: readonly string[];
}

/** A tenant with one source and feed, and a way to run files through plan and apply. */
export interface Company {
  readonly tenantId: TenantId;
  readonly sourceId: SourceId;
  run(file: FileCells): Promise<Ran>;
  /** The breaches of the file's plan. Nothing of the file stays. */
  judge(file: FileCells, facts?: ToldFacts): Promise<readonly Issue[]>;
}

/** Makes a tenant of its own. Its jobs run on connections of the database, each as one of so many rows; of as many as there are when it is left out. */
export async function company(db: Database, takenFor?: () => number): Promise<Company> {
  const planned: Planned = (client, place, file) => planFile({ client, ...place }, { ...file, rows: takenFor?.() });
  const [tenantId, sourceId, feedId] = [randomUUID() as TenantId, randomUUID() as SourceId, randomUUID()];
  await db.knex('tenants').insert({ id: tenantId, name: `t-${tenantId}` });
  await db.knex('sources').insert({ id: sourceId, tenant_id: tenantId, name: 'files' });
  await db
    .knex('feeds')
    .insert({ id: feedId, tenant_id: tenantId, source_id: sourceId, name: 'default', policy: JSON.stringify(defaultFeedPolicy) });
  const begin = async ({ mode = 'delta', matchesByEmail = false, foreignEmailsLeft = 1_000, policy }: FileCells): Promise<Omit<JobContext, 'client'>> => {
    const jobId = randomUUID() as JobId;
    await db.knex('jobs').insert({
      ...{ id: jobId, tenant_id: tenantId, feed_id: feedId, source_id: sourceId, state: 'processing', channel: 'https' },
      ...{ file_name: 'x.csv', mode, dry_run: false, size: 1, sha256: '', received_at: new Date(), sealed_at: new Date() },
    });
    return { tenantId, sourceId, jobId, policy: { ...defaultFeedPolicy, ...policy }, mode, matchesByEmail, foreignEmailsLeft: () => Promise.resolve(foreignEmailsLeft) };
  };
  return {
    tenantId,
    sourceId,
    run: async (file) => {
      const place = await begin(file);
      return withClient(db, (client) => runFile(client, { place, file, planned }));
    },
    judge: async (file, facts = {}) => {
      const place = await begin(file);
      return withClient(db, (client) => judgeFile(client, { place, file, planned }, facts));
    },
  };
}

interface Told {
  readonly found: string | null;
  readonly expected: string | null;
}

type Place = Omit<JobContext, 'client'>;
type Planned = (client: PoolClient, place: Place, file: FileCells) => ReturnType<typeof planFile>;

/** A file on its way. */
interface Run {
  readonly place: Place;
  readonly file: FileCells;
  readonly planned: Planned;
}

async function runFile(client: PoolClient, { place, file, planned }: Run): Promise<Ran> {
  await client.query('begin');
  const { context, plan } = await planned(client, place, file);
  const changes = plan.claimed ? await apply(context, plan) : noChanges;
  const { rows } = await client.query<{ row_no: number; result: string; codes: string[] | null; issues: Told[] | null }>(
    `select r.row_no, coalesce(v.result, $1) as result, v.codes, v.issues
     from (select ordinal, row_no from in_users union all select ordinal, row_no from in_groups) r
     left join row_verdicts v using (ordinal) order by ordinal`,
    [plan.usualResult],
  );
  await client.query('commit');
  const shown = rows.map((row) => [row.row_no, row.result, ...(row.codes ?? [])].join(' '));
  const told = rows.flatMap(({ row_no, issues }) => (issues ?? []).map(({ found, expected }) => `${row_no} ${found}: ${expected}`));
  return { jobId: place.jobId, counts: plan.counts, changes, plan, plannedAhead: context.plannedAhead ?? 0, rows: shown, told };
}

async function planFile(
  place: JobContext,
  { users = [], groups = [], partBytes, missed = 0, rows = users.length + groups.length }: FileCells & { readonly rows?: number | undefined },
): Promise<{ readonly context: JobContext; readonly plan: ClaimedPlan | ForbiddenPlan }> {
  const { client, tenantId } = place;
  await openWork(client);
  const ahead = partBytes === undefined ? null : await planAhead(place, partBytes);
  for (const header of headers(users)) await stageHeader(client, header);
  await stageGroups(client, numbered(groups.map(groupRow), 0));
  await stageUsers(client, numbered(users.map((user, index) => userRow(user, index, domainOf(tenantId))), groups.length), ahead);
  const context = await forRows({ ...place, stagedRows: rows, plannedAhead: (ahead?.people ?? missed) - missed });
  return { context, plan: await planAndClaim(context) };
}

const noon = '2026-01-02T12:00:00.000Z';
const noHistory = { deactivatedLastDay: 0, updatedLastDay: 0, jobsLastDay: [], lastFullRows: null, lastApplied: null } as const;

async function judgeFile(client: PoolClient, { place, file, planned }: Run, facts: ToldFacts): Promise<readonly Issue[]> {
  await client.query('begin');
  const { context, plan } = await planned(client, place, file);
  const told = {
    plan,
    mode: place.mode,
    file: { receivedAt: noon, modifiedAt: null, ...facts.file },
    history: { ...noHistory, ...facts.history },
    lacksLineEnd: facts.lacksLineEnd ?? false,
  };
  const breaches = await askGuards(context, told, facts.override ?? []);
  await client.query('rollback');
  return breaches;
}

/** E-mails are unique over all tenants, so each company has a domain of its own. */
export function domainOf(tenantId: TenantId): string {
  return `${tenantId.slice(0, 8)}.example`;
}

function headers(users: readonly UserCells[]): readonly SheetHeader[] {
  const attributes = [...new Set(users.flatMap((user) => Object.keys(user.attributes ?? {})))];
  const fields = ['externalId', 'firstName', 'lastName', 'email', 'phoneNumber', 'groupId', 'groupName', 'managerId', 'isManager', 'language'] as const;
  return [
    {
      kind: 'users',
      sheet: null,
      columns: [
        ...fields.map((field, position) => ({ position, name: field, field })),
        ...attributes.map((name, index) => ({ position: fields.length + index, name, field: null })),
      ],
    },
  ];
}

// eslint-disable-next-line @typescript-eslint/require-await -- staging takes rows as they come
async function* numbered<T>(rows: readonly CheckedRow<T>[], before: number): StagedRows<T> {
  yield rows.map((row, index) => ({ ordinal: before + index + 1, row }));
}

function userRow(cells: UserCells, index: number, domain: string): CheckedRow<UserRecord> {
  const { id, faulty = false, unreadable = false, groups, ...rest } = cells;
  const record: UserRecord = {
    externalId: id,
    firstName: 'First',
    lastName: id,
    email: `${id.toLowerCase()}@${domain}`,
    phone: undefined,
    isManager: undefined,
    manager: undefined,
    active: undefined,
    language: undefined,
    attributes: {},
    ...rest,
    groups: groups?.map((group) => (typeof group === 'string' ? { by: 'id', value: group } : group)),
  };
  const judged = faulty || unreadable ? { record: null, proved: record } : { record };
  return { sheet: null, row: index + 2, externalId: unreadable ? null : id, issues: [], ...judged };
}

function groupRow(cells: GroupCells, index: number): CheckedRow<GroupRecord> {
  const { id, faulty = false, ...rest } = cells;
  const record: GroupRecord = {
    externalId: id,
    name: `Group ${id}`,
    description: undefined,
    responsibleManager: undefined,
    parent: undefined,
    ...rest,
  };
  const judged = faulty ? { record: null, proved: record } : { record };
  return { sheet: 'Groups', row: index + 2, externalId: id, issues: [], ...judged };
}
