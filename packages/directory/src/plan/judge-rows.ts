import type { RowResult } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';
import type { PlannedChanges } from './count-changes.ts';
import type { PlanContext } from './file-facts.ts';

const userResult = `
  case
    when r.valid is null then 'skipped'
    when not r.valid or p.user_id is null or p.refused then 'rejected'
    when p.skipped then 'skipped'
    when p.is_new then 'created'
    when p.active and not p.was_active then 'reactivated'
    when not p.active and p.was_active then 'deactivated'
    when p.changed or touched.id is not null then 'updated'
    else 'unchanged'
  end`;

const groupResult = `
  case
    when r.valid is null then 'skipped'
    when not r.valid or p.group_id is null or p.refused then 'rejected'
    when p.is_new then 'created'
    when p.changed or touched.id is not null then 'updated'
    else 'unchanged'
  end`;

/** The findings of the set rules, gathered per row and in the form of the rules' own. */
const gathered = `
  select f.ordinal, jsonb_agg(jsonb_build_object('code', f.code, 'severity', f.severity,
    'column', coalesce(c.name, case when f.field like 'attribute:%' then substr(f.field, 11) end), 'found', f.found, 'expected', f.expected) order by f.code) as issues
  from (select distinct * from findings) f
  join (select ordinal, sheet from in_users union all select ordinal, sheet from in_groups) r using (ordinal)
  left join lateral (
    select name from in_columns c where c.sheet is not distinct from r.sheet and c.field = f.field limit 1) c on true
  group by f.ordinal`;

/** The codes of a row's findings, each once and in their order. Most rows with any have one. */
const codesOf = `
  case
    when jsonb_array_length(issues) = 1 then array[issues -> 0 ->> 'code']
    when issues is not null then array(select distinct i ->> 'code' from jsonb_array_elements(issues) i order by 1)
  end`;

/** SQL of the verdicts that are not the usual one ($1), or that tell of findings; only of the latter where all are usual. */
function verdicts(kind: 'users' | 'groups', allAreUsual: boolean): string {
  const one = kind === 'users' ? 'user' : 'group';
  return `
    insert into row_verdicts (ordinal, sheet, row_no, external_id, result, issues, codes)
    select judged.*, ${codesOf} from (
      select r.ordinal, r.sheet, r.row_no, r.external_id, ${kind === 'users' ? userResult : groupResult} as result,
        case when f.issues is null then r.issues else coalesce(r.issues, '[]') || f.issues end as issues
      from in_${kind} r
      left join plan_${kind} p on p.external_id = r.external_id
        and not exists (select from in_repeated m where m.kind = '${kind}' and m.external_id = r.external_id and m.refused)
      left join plan_touched touched on touched.kind = '${one}' and touched.id = p.${one}_id
      left join gathered f on f.ordinal = r.ordinal
      ${allAreUsual ? 'where r.issues is not null or r.ordinal in (select ordinal from gathered)' : ''}) judged
    where result <> $1 or issues is not null`;
}

/**
 * The result that most rows are likely to have, told by what the plan changes. Nothing is wrong when they have another; then
 * more verdicts are written. Rows that stand in no work table are unchanged, and so must the usual one be.
 */
export function usualResultOf({ untouchedRows = 0 }: JobContext, changes: PlannedChanges, dataRows: number): RowResult {
  const { usersCreated = 0, groupsCreated = 0, usersUpdated = 0, groupsUpdated = 0 } = changes;
  const [created, updated] = [usersCreated + groupsCreated, usersUpdated + groupsUpdated];
  const unchanged = dataRows - created - updated;
  if (untouchedRows > 0 || unchanged >= Math.max(created, updated)) return 'unchanged';
  return created >= updated ? 'created' : 'updated';
}

/**
 * Gives each data row its result: a verdict in `row_verdicts` where it is not the usual one, or where there are findings. All
 * rows of a person share one; a row that the rules refused is rejected whatever the other rows say. Returns whether there are findings.
 */
export async function judgeRows({ client, file }: PlanContext, usualResult: RowResult, { usersCreated }: PlannedChanges): Promise<boolean> {
  const { rowCount: found } = await client.query(`insert into gathered (ordinal, issues) ${gathered}`);
  // To count what is in the findings would take as long as to gather them.
  await client.query('analyze gathered (ordinal)');
  if (file.groupRows > 0) await client.query(verdicts('groups', false), [usualResult]);
  // As many as there are rows: each row makes somebody of its own.
  const eachCreates = usualResult === 'created' && usersCreated === file.userRows;
  if (file.userRows > 0) await client.query(verdicts('users', eachCreates), [usualResult]);
  return file.hasIssues || found !== 0;
}
