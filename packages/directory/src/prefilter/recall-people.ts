import { copyIn, preparing, type PoolClient } from '@rosterport/database';
import { claimKinds } from '../plan/claim-conflicts.ts';
import { analyzeWork } from '../work/analyze-work.ts';
import { eachByItself } from '../work/each-by-itself.ts';
import type { JobContext } from '../work/job-context.ts';
import { isNamedByName } from './named-by-name.ts';
import type { KnownPeople } from './known-people.ts';
import { isPassedOver, peopleLeft } from './passed-over.ts';
import { PersonIds } from './person-ids.ts';

/**
 * People who were passed over and of whom another row of the file says something, or wants what they have. Whoever stands in a
 * row with the e-mail and phone that they hold wants nothing of others. `$1` tenant, `$2` source.
 */
function touched(context: JobContext): string {
  const each = eachByItself(context);
  const isTouched = `u.source_id = $2 and ${isPassedOver(context, 'u')}`;
  const holders = claimKinds.map(
    ({ kind, key, scope }) => `
    select u.id from own
    cross join lateral (
      select c.user_id from claims c where c.kind = '${kind}' and c.scope = ${scope} and c.key = own.${key} ${each}) held
    join users u on u.id = held.user_id where own.keeps_${kind} is not true and ${isTouched}`,
  );
  return `
    with own as materialized (
      select r.email_key, r.phone, u.id, u.active and u.email_key = r.email_key as keeps_email, u.active and u.phone = r.phone as keeps_phone
      from in_users r left join lateral (
        select u.id, u.active, u.email_key, u.phone from users u where u.source_id = $2 and u.external_id = r.external_id ${each}) u on true)
    select u.id from own u where u.id is not null and ${isPassedOver(context, 'u')}
    union ${holders.join(' union ')} union
    select u.id from own cross join lateral (
      select u.id, u.source_id from users u where u.tenant_id = $1 and u.email_key = own.email_key and not u.active ${each}) u
    where ${isTouched}`;
}

/** People who were passed over and name a manager by a name that others may come to bear, or no longer bear. */
const namers = (context: JobContext): string => `
  with moving as (
    select name_key from in_users where name_key is not null
    union
    select u.name_key from ${peopleLeft(context)} where u.source_id = $2
    union
    select o.name_key from in_users r join users o on o.tenant_id = $1 and o.source_id is null and o.email_key = r.email_key)
  select u.id from moving
  join manager_facts f on f.tenant_id = $1 and f.manager_by = 'name' and f.manager_key = moving.name_key
  join users u on u.id = f.user_id where u.source_id = $2 and ${isPassedOver(context, 'u')}`;

/**
 * Finds out who was passed over and must be read after all, since another row of the file concerns them. Must run when the
 * file is staged; puts down who was not passed over, which `isPassedOver` goes by. Returns their ids; with none, the file need
 * not be read again.
 */
export async function peopleToRecall(context: JobContext, known: KnownPeople): Promise<PersonIds> {
  const { client, tenantId, sourceId } = context;
  await noteMissed(client, known);
  await client.query(`${analyzeWork('in_users')}, in_missed`);
  const concerned = (await isNamedByName(context)) ? `(${touched(context)}) union (${namers(context)})` : touched(context);
  const { rows } = await client.query<{ size: number; ids: string | null }>(
    `select count(*)::int as size, string_agg(id::text, ' ' order by id) as ids from (${concerned}) people`,
    [tenantId, sourceId],
  );
  return new PersonIds(rows[0]?.size ?? 0, rows[0]?.ids ?? '');
}

/** Up to so many ids, a statement costs less than a COPY. */
const mostInStatement = 1_000;

async function noteMissed(client: PoolClient, known: KnownPeople): Promise<void> {
  const first: number[] = [];
  for (const id of known.left()) {
    first.push(id);
    if (first.length > mostInStatement) break;
  }
  if (first.length > mostInStatement) await copyIn(client, 'copy in_missed from stdin', missedLines(known));
  else await preparing(client).query('insert into in_missed select unnest($1::bigint[])', [first]);
}

/** So many characters go to the socket at once, since each piece costs more than a line. */
const pieceCharacters = 65_536;

function* missedLines(known: KnownPeople): Generator<string> {
  let piece = '';
  for (const id of known.left()) {
    piece += `${id}\n`;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
