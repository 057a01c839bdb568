import type { Database } from '@rosterport/database';
import type { Firm } from './firm.ts';

/** Everything in the directory of a firm and who holds what, in words that are the same for firms in which the same was done. */
export async function factsOf(database: Database, { tenant }: Pick<Firm, 'tenant'>): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ fact: string }>(
    `with people as (select u.*, coalesce(external_id, first_name) as called from users u where tenant_id = $1),
     places as (select g.*, concat_ws('/', external_id, name) as called from groups g where tenant_id = $1)
     select concat_ws(' ', 'user', called, (first_name, last_name, name_key, email, email_key, phone, is_manager, active, inactive_cause, language,
         administrator, attributes)::text) as fact from people p
     union all
     select concat_ws(' ', 'group', g.called, g.description, 'below', above.called) from places g left join places above on above.id = g.parent_id
     union all
     select concat_ws(' ', 'membership', p.called, g.called, m.source_id = $2) from memberships m join people p on p.id = m.user_id join places g on g.id = m.group_id
     union all
     select concat_ws(' ', 'fact', g.called, p.called, f.manager_by, f.manager_ref) from manager_facts f
       join places g on g.id = f.group_id left join people p on p.id = f.user_id
     union all
     select concat_ws(' ', 'manager', g.called, p.called) from group_managers m join places g on g.id = m.group_id join people p on p.id = m.user_id
     union all
     select concat_ws(' ', 'claim', c.kind, c.key, p.called) from claims c join people p on p.id = c.user_id
     union all
     select concat_ws(' ', 'attribute', name, type, options, required) from attribute_definitions where tenant_id = $1
     order by 1`,
    [tenant.id, '00000000-0000-0000-0000-000000000000'],
  );
  return rows.map(({ fact }) => fact.replaceAll(tenant.name, 'firm'));
}
