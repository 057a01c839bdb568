import { issue } from '@rosterport/domain';
import { isPassedOver } from '../prefilter/passed-over.ts';
import type { JobContext } from '../work/job-context.ts';
import type { Guard } from './guard.ts';
import { exceeds, percent, shareText } from './share.ts';

/** A column of the contract: its fields in the file, who has a value in it, and who would have none. */
interface Column {
  readonly fields: readonly string[];
  readonly had: string;
  readonly emptied: string;
}

const columns: readonly Column[] = [
  { fields: ['email'], had: 'u.email is not null', emptied: 'p.email is null' },
  { fields: ['phoneNumber'], had: 'u.phone is not null', emptied: 'p.phone is null' },
  { fields: ['language'], had: 'u.language is not null', emptied: 'p.language is null' },
  { fields: ['isManager'], had: 'u.is_manager', emptied: `not p.is_manager and 'isManager' = any(c.clears)` },
  {
    fields: ['groupId', 'groupName'],
    had: 'exists (select from memberships m where m.user_id = u.id and m.source_id = $1)',
    emptied: `p.groups = '[]'`,
  },
  {
    fields: ['managerId', 'managerName'],
    had: 'exists (select from manager_facts f where f.user_id = u.id and f.source_id = $1)',
    emptied: `'manager' = any(c.clears)`,
  },
];

/** The active managed people whom the file names. */
const known = `from plan_users p join users u on u.id = p.user_id`;
const named = `where u.source_id = $1 and u.active and p.ordinal is not null and not p.refused and not p.skipped`;

/** What the rows of each person empty, put together once, since there is no quick way from a person to the rows. */
const cleared = `left join (
  select r.external_id, array_agg(c) as clears from in_users r cross join lateral unnest(r.clears) c group by r.external_id) c
  on c.external_id = p.external_id`;

const contractColumns = columns.map(
  ({ fields, had, emptied }) => `
  select array['${fields.join(`', '`)}'] as fields, count(*) as had, count(*) filter (where ${emptied}) as emptied
  ${known} ${cleared} ${named} and ${had}`,
);

const attributeColumns = `
  select array['attribute:' || a.name], count(*), count(*) filter (where not p.attributes ? a.name)
  ${known} cross join lateral jsonb_object_keys(u.attributes) a (name) ${named} group by a.name`;

/** The people of the file who were passed over have had no value that it empties. */
function columnsOfOthers(context: JobContext): readonly string[] {
  const others = `from users u`;
  const where = `where u.source_id = $1 and u.active and ${isPassedOver(context, 'u')}`;
  return [
    ...columns.map(({ fields, had }) => `select array['${fields.join(`', '`)}'], count(*), 0 ${others} ${where} and ${had}`),
    `select array['attribute:' || a.name], count(*), 0 ${others} cross join lateral jsonb_object_keys(u.attributes) a (name) ${where} group by a.name`,
  ];
}

/** Each column that is emptied for more than one person, under the sheet and name that the file gives it. */
const emptied = (context: JobContext): string => `
  select header.sheet, header.name, c.had, c.emptied
  from (
    select fields, sum(had)::int as had, sum(emptied)::int as emptied
    from (${[...contractColumns, attributeColumns, ...columnsOfOthers(context)].join(' union all ')}) every group by fields) c
  cross join lateral (
    select min(sheet) as sheet, string_agg(distinct name, ', ') as name from in_columns where field = any(c.fields)) header
  where c.emptied > 1 order by header.name`;

/** An empty cell leaves the value, so that most files empty nothing, and need not be compared value by value. */
const clearsAnything = `
  select from in_users r
  where r.clears is not null or r.groups = '[]' or r.attributes <> jsonb_strip_nulls(r.attributes) limit 1`;

interface EmptiedRow {
  readonly sheet: string | null;
  readonly name: string | null;
  readonly had: number;
  readonly emptied: number;
}

/**
 * Holds a plan that takes the values of a column from nearly all people of the file who have one. The value of one person
 * alone is no column.
 */
export const emptiedColumns: Guard = {
  name: 'emptiedColumns',
  async look(context, { managedPeople }) {
    const { client, policy, sourceId } = context;
    const limit = policy.guards.emptiedColumns;
    if (limit === null || (await managedPeople(1)) === 0 || (await client.query(clearsAnything)).rowCount === 0) return [];
    const { rows } = await client.query<EmptiedRow>(emptied(context), [sourceId]);
    return rows
      .filter((row) => exceeds(row.emptied, row.had, limit.share))
      .map(({ sheet, name, ...row }) => {
        const found = shareText(row.emptied, row.had);
        return issue('validateEmptiedColumns', { sheet, column: name, found, expected: percent(limit.share) });
      });
  },
};
