import type { Database } from '@rosterport/database';
import type { TenantId } from '@rosterport/domain';

interface Entry {
  readonly kind: string;
  readonly record_id: string;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** What there is of a tenant, one text each, as `user 7 firstName "Ada"`; what is empty is left out. */
export async function directoryFacts(database: Database, tenantId: TenantId): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ fact: string }>(
    `select concat_ws(' ', 'user', u.id, v.key, v.value) as fact from users u cross join lateral jsonb_each(jsonb_build_object(
       'sourceId', source_id, 'externalId', external_id, 'firstName', first_name, 'lastName', last_name, 'email', email,
       'phone', phone, 'isManager', is_manager, 'active', active, 'inactiveCause', inactive_cause, 'language', language)) v
     where u.tenant_id = $1
     union all
     select concat_ws(' ', 'user', u.id, 'attributes.' || v.key, v.value) from users u cross join lateral jsonb_each(attributes) v where u.tenant_id = $1
     union all
     select concat_ws(' ', 'group', g.id, v.key, v.value) from groups g cross join lateral jsonb_each(jsonb_build_object(
       'sourceId', source_id, 'externalId', external_id, 'name', name, 'description', description, 'parentId', parent_id)) v
     where g.tenant_id = $1
     union all
     select concat_ws(' ', 'membership', m.user_id, 'groupId', m.group_id) from memberships m join users u on u.id = m.user_id where u.tenant_id = $1
     union all
     select concat_ws(' ', 'managerFact', f.group_id, coalesce(f.user_id, 0), f.manager_by, f.manager_ref) from manager_facts f where f.tenant_id = $1
     union all
     select concat_ws(' ', 'attributeDefinition', d.id, 'name', to_jsonb(d.name)) from attribute_definitions d where d.tenant_id = $1`,
    [tenantId],
  );
  return rows.map(({ fact }) => fact).filter((fact) => !fact.endsWith(' null')).sort();
}

/** What there would be, were the tenant's journal played from an empty directory. */
export async function replayedFacts(database: Database, tenantId: TenantId): Promise<readonly string[]> {
  const { rows } = await database.pool.query<Entry>(
    'select kind, record_id::text, before, after from whole_journal where tenant_id = $1 order by id',
    [tenantId],
  );
  const facts = new Map<string, string>();
  for (const entry of rows) for (const [thing, fact] of told(entry)) if (fact === null) facts.delete(thing); else facts.set(thing, fact);
  return [...facts.values()].sort();
}

/** What an entry says of each thing that it changed; `null` when it took it away. */
function* told({ kind, record_id: record, before, after }: Entry): Generator<[thing: string, fact: string | null]> {
  const link = after ?? before ?? {};
  if (kind === 'membership' || kind === 'managerFact') {
    const words = kind === 'membership' ? ['groupId', link['groupId']] : [link['userId'] ?? 0, link['by'], link['ref']];
    const fact = [kind, record, ...words].join(' ');
    yield [fact, after === null ? null : fact];
    return;
  }
  const [was, is] = [flat(before), flat(after)];
  for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const value = is[field] ?? null;
    // Types and options of attributes are not among the facts.
    if (kind === 'attributeDefinition' && field !== 'name') continue;
    if (field.startsWith('attributes.') && JSON.stringify(was[field]) === JSON.stringify(value)) continue;
    yield [`${kind} ${record} ${field}`, value === null ? null : `${kind} ${record} ${field} ${JSON.stringify(value)}`];
  }
}

function flat(values: Entry['after']): Record<string, unknown> {
  const { attributes, ...others } = values ?? {};
  const named = Object.entries((attributes ?? {}) as Record<string, unknown>).map(([name, value]) => ({ [`attributes.${name}`]: value }));
  return Object.assign({}, others, ...named) as Record<string, unknown>;
}
