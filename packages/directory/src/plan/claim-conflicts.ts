import { sqlStateOf } from '@rosterport/database';
import type { JobContext } from '../work/job-context.ts';
import type { PlanContext } from './file-facts.ts';
import { noteFindings, refuseUsers, rowsNamed, type FindingKind } from './finding.ts';
import { refuseKeptIds } from './kept-ids.ts';

/** What is unique among active people: how it is called in a plan, in the claims and in the findings. */
interface ClaimKind {
  readonly kind: 'email' | 'phone';
  /** Column of the plan that holds the key under which it is claimed. */
  readonly key: 'email_key' | 'phone';
  readonly shown: 'email' | 'phone';
  readonly given: 'email_given' | 'phone_given';
  readonly claims: 'claims_email' | 'claims_phone';
  /** SQL of the scope within which it is unique; `$1` is the tenant. */
  readonly scope: string;
  readonly duplicate: FindingKind;
}

const everywhere = `'00000000-0000-0000-0000-000000000000'::uuid`;

/** E-mails are unique among the active people of all tenants, phones among those of one. */
export const claimKinds: readonly ClaimKind[] = [
  {
    kind: 'email',
    key: 'email_key',
    shown: 'email',
    given: 'email_given',
    claims: 'claims_email',
    scope: everywhere,
    duplicate: { code: 'validateNoEmailDuplicates', field: 'email' },
  },
  {
    kind: 'phone',
    key: 'phone',
    shown: 'phone',
    given: 'phone_given',
    claims: 'claims_phone',
    scope: '$1::uuid',
    duplicate: { code: 'validateNoPhoneDuplicates', field: 'phoneNumber' },
  },
];

/** Rows of people who are not planned since a row of theirs is refused; what they hold is still said about them. */
const refusedRows = `
  select r.* from in_users r
  where r.active is distinct from false
    and (r.valid is false or r.valid and r.external_id in (select m.external_id from in_repeated m where m.kind = 'users' and m.refused))`;

/** Where no row is refused for itself, those that contradict each other are. */
const refusedTogether = `select from in_repeated m where m.kind = 'users' and m.refused`;

/**
 * Refuses all people of the file who share an e-mail or a phone with another active person of the file. Those who are
 * refused already, of whom there may be none, count too: whoever mends a row learns of everything at once.
 */
async function refuseDuplicatesInFile({ client }: JobContext, kinds: readonly ClaimKind[], hasRefused: boolean): Promise<void> {
  for (const { key, shown, given, claims, duplicate } of kinds) {
    await client.query(
      // Both are read twice only where two want the same, and are too large to be put down for that.
      `with planned as not materialized (
         select external_id, ${key} as key, ${shown} as shown from plan_users
         where not skipped and active and ${key} is not null and (${given} or ${claims})),
       refused_rows as not materialized (select * from (${refusedRows}) r where ${hasRefused} and r.${key} is not null),
       -- Mostly there are none, and then nobody needs to know who wants what.
       twice as materialized (
         select key from (select key from planned union all select ${key} from refused_rows) each
         group by key having count(*) > 1),
       wanting as materialized (
         select external_id as who, external_id, null::int as ordinal, key, shown from planned
         where key in (select key from twice) and exists (select from twice)
         union all
         select coalesce(r.external_id, 'row ' || r.ordinal), r.external_id, r.ordinal, r.${key}, r.${shown}
         from refused_rows r where r.${key} in (select key from twice) and exists (select from twice)),
       shared as (select key from wanting group by key having min(who) <> max(who)),
       concerned as materialized (
         select w.key, w.shown, w.ordinal is null as planned, w.external_id, r.ordinal, r.sheet, r.row_no
         from shared join wanting w using (key) join in_users r on r.external_id = w.external_id where w.ordinal is null
         union all
         select w.key, w.shown, false, w.external_id, r.ordinal, r.sheet, r.row_no
         from shared join wanting w using (key) join in_users r on r.ordinal = w.ordinal),
       named as (select c.key, ${rowsNamed('c')} as rows from concerned c group by c.key),
       refused as (
         update plan_users p set refused = true
         from (select distinct external_id from concerned where planned) c where p.external_id = c.external_id)
       ${noteFindings(duplicate, 'select c.ordinal, c.shown as found, named.rows as expected from concerned c join named using (key)')}`,
    );
  }
}

/** An e-mail that somebody of another tenant holds; who that is stays with them. */
const heldByForeigner: FindingKind = { code: 'validateDuplicateMailInAnotherCompany', field: 'email' };

/** Notes on refused rows what they would take from somebody who keeps it. */
async function noteHeldOfRefused({ client, tenantId, sourceId }: JobContext, kinds: readonly ClaimKind[]): Promise<void> {
  for (const { kind, key, shown, scope, duplicate } of kinds) {
    // Own and foreign in one: either goes through all claims where many rows are refused.
    await client.query(
      `with held as materialized (
         select r.ordinal, r.${shown} as found, c.tenant_id = $1 as own, u.external_id as holder
         from (${refusedRows}) r
         join claims c on c.kind = '${kind}' and c.scope = ${scope} and c.key = r.${key}
         join users u on u.id = c.user_id and (u.source_id, u.external_id) is distinct from ($2::uuid, r.external_id)
         where not exists (
           select from plan_users o where o.user_id = c.user_id and not o.refused and not o.skipped
             and (not o.active or o.${key} is distinct from c.key))),
       of_others as (${noteFindings(heldByForeigner, 'select ordinal, found, null::text as expected from held where not own')})
       ${noteFindings(duplicate, `select ordinal, found, 'held by ' || coalesce(holder, 'a person made by hand') as expected from held where own`)}`,
      [tenantId, sourceId],
    );
  }
}

/** Whose rows are taken into account: those of everybody, or only those that are not refused. */
type Judged = 'every row' | 'rows that apply';

/**
 * People who would take what another person holds and does not give up in this file. Each is looked up by itself, since a
 * join goes astray while the claims of a first load are not counted yet.
 */
function holders(kind: ClaimKind, own: boolean, judged: Judged): string {
  const { key, shown } = kind;
  const applies = (alias: string): string => (judged === 'every row' ? '' : `and not ${alias}.refused`);
  return `select w.external_id, w.${shown} as found,
      ${own ? `'held by ' || coalesce(u.external_id, 'a person made by hand')` : 'null::text'} as expected
    from (select * from plan_users p where ${kind.claims} ${applies('p')}) w
    cross join lateral (
      select c.tenant_id, c.user_id, c.key from claims c
      where c.kind = '${kind.kind}' and c.scope = ${kind.scope} and c.key = w.${key} limit 1) held
    left join users u on u.id = held.user_id
    where held.user_id <> w.user_id and (held.tenant_id = $1) = ${own}
      -- Looks at nobody while nothing is held.
      and exists (select from claims)
      and not exists (
        select from plan_users o where o.user_id = held.user_id ${applies('o')} and not o.skipped
          and (not o.active or o.${key} is distinct from held.key))`;
}

/** Refuses those who would take what somebody else holds. Returns how many findings there were. */
async function refuseHolders({ client, tenantId }: JobContext, kinds: readonly ClaimKind[], judged: Judged): Promise<number> {
  let refused = 0;
  for (const kind of kinds) {
    const own = await client.query(refuseUsers(kind.duplicate, holders(kind, true, judged)), [tenantId]);
    refused += own.rowCount ?? 0;
  }
  const email = kinds.find(({ kind }) => kind === 'email');
  if (email !== undefined) {
    const foreign = await client.query(refuseUsers(heldByForeigner, holders(email, false, judged)), [tenantId]);
    refused += foreign.rowCount ?? 0;
  }
  return refused;
}

/**
 * Refuses those who would take an e-mail or a phone that somebody else holds after the file: first as if every row applied,
 * so that refused rows learn of it too; then, since a refused person keeps what they hold, again until nobody else is refused.
 * Where people get other ids, the same goes for these.
 */
async function refuseHeldElsewhere(context: JobContext, kinds: readonly ClaimKind[], hasAdopted: boolean): Promise<void> {
  if (kinds.length === 0 && !hasAdopted) return;
  await refuseHolders(context, kinds, 'every row');
  const { rowCount } = await context.client.query('select from plan_users where refused limit 1');
  if (rowCount === 0 && !hasAdopted) return;
  let refused: number;
  do {
    refused = hasAdopted ? await refuseKeptIds(context) : 0;
    refused += await refuseHolders(context, kinds, 'rows that apply');
  } while (refused > 0);
}

/** What there is to look at. */
interface ClaimFacts {
  readonly hasRefused: boolean;
  readonly hasAdopted: boolean;
  readonly email: boolean;
  readonly phone: boolean;
}

/** Whether there are rows of refused people, people with other ids, and any who would take an e-mail or a phone: mostly nobody does. */
async function lookAtClaims({ client, file }: PlanContext): Promise<ClaimFacts> {
  const { rows } = await client.query<ClaimFacts>(
    `select exists (${file.faultyRows > 0 ? `select from (${refusedRows}) r` : refusedTogether}) as "hasRefused",
       exists (select from plan_adopted) as "hasAdopted",
       ${claimKinds.map(({ kind, claims }) => `exists (select from plan_users where ${claims}) as ${kind}`).join(', ')}`,
  );
  return rows[0] ?? { hasRefused: true, hasAdopted: true, email: true, phone: true };
}

/**
 * Refuses every e-mail and phone that would belong to two active people after the file, and every id that would belong to two
 * people. Where a faulty header row leaves open which column e-mails and phones stand in, or who is active, nothing is said of them.
 */
export async function refuseClaimConflicts(context: PlanContext): Promise<void> {
  const { inDoubt } = context.file;
  const kinds = inDoubt.has('active') ? [] : claimKinds.filter(({ duplicate }) => !inDoubt.has(duplicate.field ?? ''));
  const { hasRefused, hasAdopted, ...wanted } = await lookAtClaims(context);
  const taken = kinds.filter(({ kind }) => wanted[kind]);
  // Two who keep what they hold cannot hold the same.
  await refuseDuplicatesInFile(context, hasRefused ? kinds : taken, hasRefused);
  await refuseHeldElsewhere(context, taken, hasAdopted);
  if (hasRefused) await noteHeldOfRefused(context, kinds);
}

/** SQLSTATE (PostgreSQL, appendix A). */
const uniqueViolation = '23505';

/** SQL of the claim `c` that a person `u` of the directory holds: the one on their own key. The tenant is `$1`. */
export function isHeldBy({ kind, key, scope }: ClaimKind): string {
  return `c.kind = '${kind}' and c.scope = ${scope} and c.key = u.${key} and c.user_id = u.id`;
}

/**
 * Gives up and takes the claims of the plan, in sorted order so that two jobs do not wait for each other in a circle; a job
 * that is alone with the claims needs no order. Returns false when a job of another tenant was faster with one of them: the transaction must then go back to before the
 * plan, which must be made again.
 */
export async function takeClaims({ client, tenantId }: JobContext, isAlone: boolean): Promise<boolean> {
  for (const claim of claimKinds) {
    // Whoever gives something up is changed; of all others nobody needs to know what they hold.
    await client.query(
      `delete from claims c using plan_users p join users u on u.id = p.user_id
       where not p.refused and not p.skipped and not p.is_new and p.changed and u.active
         and (not p.active or p.${claim.key} is distinct from u.${claim.key}) and ${isHeldBy(claim)} and $1::uuid is not null`,
      [tenantId],
    );
  }
  try {
    for (const { kind, key, claims, scope } of claimKinds) {
      await client.query(
        `insert into claims (kind, scope, key, tenant_id, user_id)
         select '${kind}', ${scope}, ${key}, $1::uuid, user_id from plan_users where ${claims} and not refused ${isAlone ? '' : `order by ${key}`}`,
        [tenantId],
      );
    }
    return true;
  } catch (error) {
    // Told by its code, since leaving out what is taken would cost each claim of a first load a second look.
    if (sqlStateOf(error) === uniqueViolation) return false;
    throw error;
  }
}
