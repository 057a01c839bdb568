import type { DirectoryContext } from '../work/job-context.ts';
import { linkUnit } from './note-entries.ts';

/** Puts down which memberships and facts about managers come back and go. Those that are as they would be need nothing. */
export async function noteLinks({ client, sourceId }: DirectoryContext): Promise<void> {
  const kept = (kind: string, record: string): string => `case when exists (
    select from revert_since s where s.kind = '${kind}' and s.record_id = ${record}
      and s.unit = ${linkUnit(`'${kind}'`, 'coalesce(e.after, e.before)')}) then 'changedSince' end`;
  await client.query(
    `insert into revert_links (kind, user_id, group_id, comes, kept)
     select 'membership', e.record_id, g.id, e.after is null, ${kept('membership', 'e.record_id')}
     from revert_entries e
     cross join lateral (select (coalesce(e.after, e.before) ->> 'groupId')::bigint as id) g
     left join memberships m on m.user_id = e.record_id and m.group_id = g.id and m.source_id = $1
     where e.kind = 'membership' and (e.after is null) = (m.user_id is null)`,
    [sourceId],
  );
  await client.query(
    `insert into revert_links (kind, user_id, group_id, fact_id, manager_by, manager_ref, comes, kept)
     select 'managerFact', v.user_id, e.record_id, f.id, v.by, v.ref, e.after is null, ${kept('managerFact', 'e.record_id')}
     from revert_entries e
     cross join lateral (
       select coalesce((x ->> 'userId')::bigint, 0) as user_id, x ->> 'by' as by, x ->> 'ref' as ref
       from (values (coalesce(e.after, e.before))) o (x)) v
     left join manager_facts f on f.source_id = $1 and f.group_id = e.record_id and coalesce(f.user_id, 0) = v.user_id
       and f.manager_by = v.by and f.manager_ref = v.ref
     where e.kind = 'managerFact' and (e.after is null) = (f.id is null)`,
    [sourceId],
  );
  await client.query('analyze revert_links');
}
