import { isPassedOver } from '../prefilter/passed-over.ts';
import type { JobContext } from '../work/job-context.ts';
import { emailsOfFile } from './people.ts';

/** Puts down the e-mails of people whose external id the source does not know: mostly nobody, or everybody. */
const emailsOfUnknown = `
  insert into plan_unknown select e.external_id, e.email_key from (${emailsOfFile}) e
  where not exists (select from users u where u.source_id = $1 and u.external_id = e.external_id)
    -- Looks at no row while the tenant has nobody who could be meant. The order is that of an index by tenants.
    and (select u.id from users u where u.tenant_id = $2 order by u.id >> 10 limit 1) is not null`;

/** The first match: somebody made by hand who alone has the e-mail becomes the person of the file. */
const madeByHand = `
  insert into plan_adopted (external_id, user_id, how)
  select e.external_id, min(u.id), 'email'
  from plan_unknown e
  join users u on u.tenant_id = $1 and u.source_id is null and u.email_key = e.email_key
  group by e.external_id having count(*) = 1`;

/** Whom an e-mail means of several who bear it: one who is active before those who are gone. */
const activeFirst = 'rank() over (partition by e.external_id order by u.active desc) as place';

/**
 * A rename: the id of somebody has vanished, now or by an earlier absence, and an unknown id bears the e-mail. It is planned
 * as the same person under another id, never as one who goes and one who comes; a guard holds it.
 */
const renamed = (context: JobContext): string => `
  insert into plan_adopted (external_id, user_id, how)
  select external_id, min(id), 'rename' from (
    select e.external_id, u.id, ${activeFirst}
    from plan_unknown e
    join users u on u.tenant_id = $1 and u.source_id = $2 and u.email_key = e.email_key
    where ($3 and u.active or u.inactive_cause = 'absence')
      and not exists (select from in_users r where r.external_id = u.external_id) and not ${isPassedOver(context, 'u')}
      and not exists (select from plan_adopted d where d.external_id = e.external_id)) found
  where place = 1 group by external_id having count(*) = 1`;

/** After a feed was enabled again: whoever of its source, or made by hand, has the e-mail. */
const byEmailFirst = `
  insert into plan_adopted (external_id, user_id, how)
  select external_id, min(id), 'email' from (
    select e.external_id, u.id, u.external_id as own_id, ${activeFirst}
    from (${emailsOfFile}) e
    join users u on u.tenant_id = $1 and (u.source_id = $2 or u.source_id is null) and u.email_key = e.email_key) found
  where place = 1 group by external_id having count(*) = 1 and min(own_id) is distinct from external_id`;

/** Somebody whose new id still belongs to another, who gets none, stays who they are: that id says who is meant. */
const withoutStuck = `
  delete from plan_adopted d using users w
  where w.source_id = $1 and w.external_id = d.external_id and w.id <> d.user_id
    and not exists (select from plan_adopted o where o.user_id = w.id)`;

/**
 * Finds people of the file by their e-mail where the external id does not tell: people made by hand, renamed ids, and
 * everybody after a feed was enabled again. Returns true when there are any. Nobody is found for two ids, nor two for one.
 */
export async function adoptByEmail(context: JobContext): Promise<boolean> {
  const { client, tenantId, sourceId, mode, matchesByEmail } = context;
  if (matchesByEmail) {
    await client.query(byEmailFirst, [tenantId, sourceId]);
    while ((await client.query(withoutStuck, [sourceId])).rowCount !== 0);
  }
  const unknown = await client.query(emailsOfUnknown, [sourceId, tenantId]);
  if (unknown.rowCount !== 0) {
    // How many they are decides how they are looked up: each by itself, or all at once.
    await client.query('analyze plan_unknown');
    await client.query(`${madeByHand} on conflict do nothing`, [tenantId]);
    await client.query(`${renamed(context)} on conflict do nothing`, [tenantId, sourceId, mode === 'full']);
  }
  if (!matchesByEmail && unknown.rowCount === 0) return false;
  const { rowCount } = await client.query('select from plan_adopted limit 1');
  return rowCount !== 0;
}
