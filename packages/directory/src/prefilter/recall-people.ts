import { copyIn } from '@rosterport/database';
import { analyzeWork } from '../work/analyze-work.ts';
import type { JobContext } from '../work/job-context.ts';
import type { KnownPeople } from './known-people.ts';
import { isPassedOver } from './passed-over.ts';

const everywhere = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** People who were passed over and of whom another row of the file says something, or wants what they have. `$1` tenant, `$2` source. */
function touched(passedOver: string): string {
  return `
    select u.id from in_users r join users u on u.source_id = $2 and u.external_id = r.external_id where ${passedOver}
    union
    select u.id from in_users r join claims c on c.kind = 'email' and c.scope = ${everywhere} and c.key = r.email_key
      join users u on u.id = c.user_id where u.source_id = $2 and ${passedOver}
    union
    select u.id from in_users r join claims c on c.kind = 'phone' and c.scope = $1 and c.key = r.phone
      join users u on u.id = c.user_id where u.source_id = $2 and ${passedOver}
    union
    select u.id from in_users r join users u on u.tenant_id = $1 and u.email_key = r.email_key and not u.active
    where u.source_id = $2 and ${passedOver}`;
}

/** People who were passed over and name a manager by a name that others may come to bear, or no longer bear. */
function namers(passedOver: string): string {
  return `
    with moving as (
      select name_key from in_users where name_key is not null
      union
      select o.name_key from users o where o.source_id = $2 and not ${passedOver.replaceAll('u.', 'o.')}
      union
      select o.name_key from in_users r join users o on o.tenant_id = $1 and o.source_id is null and o.email_key = r.email_key)
    select distinct u.id from moving
    join manager_facts f on f.tenant_id = $1 and f.manager_by = 'name' and f.manager_key = moving.name_key
    join users u on u.id = f.user_id where u.source_id = $2 and ${passedOver}`;
}

/**
 * Finds out who was passed over and must be read after all, since another row of the file concerns them. Must run when the
 * file is staged; puts down who was not passed over, which `isPassedOver` goes by. Returns their ids; with none, the file need
 * not be read again.
 */
export async function peopleToRecall(context: JobContext, known: KnownPeople): Promise<ReadonlySet<number>> {
  const { client, tenantId, sourceId } = context;
  await copyIn(client, 'copy in_missed from stdin', missedLines(known));
  await client.query(`${analyzeWork('in_users')}, in_missed`);
  const passedOver = isPassedOver(context, 'u');
  const found = await client.query<{ id: string }>(touched(passedOver), [tenantId, sourceId]);
  const byName = await client.query(`select from manager_facts where tenant_id = $1 and manager_by = 'name' limit 1`, [tenantId]);
  const named = byName.rowCount === 0 ? [] : (await client.query<{ id: string }>(namers(passedOver), [tenantId, sourceId])).rows;
  return new Set([...found.rows, ...named].map(({ id }) => Number(id)));
}

function* missedLines(known: KnownPeople): Generator<string> {
  for (const id of known.left()) yield `${id}\n`;
}
