import { emailKey, Failure } from '@rosterport/domain';
import { claimKinds, isHeldBy } from '../plan/claim-conflicts.ts';
import type { EditContext } from './edit-context.ts';

/** A person with what they are to hold. */
export interface Claimant {
  readonly id: string;
  readonly active: boolean;
  readonly email: string | null;
  readonly phone: string | null;
}

/**
 * Gives up and takes claims, so that the person holds their e-mail and phone when active, and nothing otherwise. Must run
 * before the person's record changes, since what is given up is found by it. Fails with
 * `valueTaken` when somebody else holds one; of somebody in another company nothing more is said.
 */
export async function claimValues({ client, tenantId }: EditContext, person: Claimant): Promise<void> {
  const wanted = {
    email: person.active && person.email !== null ? emailKey(person.email) : null,
    phone: person.active ? person.phone : null,
  };
  await giveUpClaims({ client, tenantId }, person.id, wanted);
  for (const { kind, scope } of claimKinds) {
    const key = wanted[kind];
    if (key === null) continue;
    const values = [tenantId, kind, key, person.id];
    await client.query(
      `insert into claims (kind, scope, key, tenant_id, user_id) values ($2, ${scope}, $3, $1::uuid, $4) on conflict do nothing`,
      values,
    );
    const { rows } = await client.query<{ user_id: string; tenant_id: string }>(
      `select user_id::text, tenant_id from claims where kind = $2 and scope = ${scope} and key = $3 and $1::uuid is not null`,
      values.slice(0, 3),
    );
    const holder = rows[0];
    if (holder?.user_id !== person.id) throw taken(kind, holder?.tenant_id === tenantId ? holder.user_id : null);
  }
}

/** The keys of a person's e-mail and phone; `null` for none. */
type Held = Readonly<Record<'email' | 'phone', string | null>>;

/** Gives up the claims of a person but for those to keep. Must run before the person's record changes or goes. */
export async function giveUpClaims({ client, tenantId }: Pick<EditContext, 'client' | 'tenantId'>, userId: string, keep: Held): Promise<void> {
  for (const claim of claimKinds) {
    await client.query(
      `delete from claims c using users u where u.tenant_id = $1 and u.id = $2 and ${isHeldBy(claim)} and c.key is distinct from $3`,
      [tenantId, userId, keep[claim.kind]],
    );
  }
}

function taken(kind: 'email' | 'phone', holder: string | null): Failure {
  const problem = holder === null ? 'it is held in another company' : `the person with the id ${holder} holds it`;
  return new Failure('valueTaken', { values: { field: kind === 'email' ? 'e-mail' : 'phone number', problem } });
}
