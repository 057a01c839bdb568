import { noCounts, type Changes, type Counts, type IssueCount, type RowResult } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';

/** What of the verdicts is not written for each row. */
export interface JudgedRows {
  /** All data rows of the file. */
  readonly dataRows: number;
  /** The result of the rows that have no verdict of their own. */
  readonly usualResult: RowResult;
}

/** How many data rows got each result. */
export async function countResults({ client }: JobContext, { dataRows, usualResult }: JudgedRows): Promise<Counts> {
  const { rows } = await client.query<{ result: RowResult; count: number }>(
    'select result, count(*)::int as count from row_verdicts group by result',
  );
  const counts = { ...noCounts, ...Object.fromEntries(rows.map(({ result, count }) => [result, count])) };
  const others = rows.reduce((sum, { count }) => sum + count, 0);
  return { ...counts, [usualResult]: counts[usualResult] + dataRows - others };
}

/** How many findings about rows bear each code, most first. */
export async function countIssues({ client }: JobContext): Promise<readonly IssueCount[]> {
  const { rows } = await client.query<IssueCount>(
    `select i ->> 'code' as code, i ->> 'severity' as severity, count(*)::int as count
     from row_verdicts cross join lateral jsonb_array_elements(issues) i
     group by 1, 2 order by 3 desc, 1`,
  );
  return rows;
}

/** What the plan changes, but for managers. */
export type PlannedChanges = Partial<Changes>;

/** What the plan changes, but for managers, which are derived once it is applied. */
export async function countChanges({ client }: JobContext): Promise<PlannedChanges> {
  const { rows } = await client.query<PlannedChanges>(
    `select u.*, g.*, m.* from
      (select
        count(*) filter (where p.is_new)::int as "usersCreated",
        count(*) filter (where not p.is_new and p.active = p.was_active and (p.changed or t.id is not null))::int as "usersUpdated",
        count(*) filter (where not p.is_new and not p.active and p.was_active)::int as "usersDeactivated",
        count(*) filter (where not p.is_new and p.active and not p.was_active)::int as "usersReactivated"
       from plan_users p left join plan_touched t on t.kind = 'user' and t.id = p.user_id
       where not p.refused and not p.skipped) u,
      (select
        count(*) filter (where p.is_new)::int as "groupsCreated",
        count(*) filter (where not p.is_new and (p.changed or t.id is not null))::int as "groupsUpdated"
       from plan_groups p left join plan_touched t on t.kind = 'group' and t.id = p.group_id
       where not p.refused) g,
      (select
        count(*) filter (where added)::int as "membershipsAdded",
        count(*) filter (where not added)::int as "membershipsRemoved"
       from plan_memberships) m`,
  );
  const [changes] = rows;
  if (changes === undefined) throw new TypeError('An aggregate query gives one row.');
  return changes;
}
