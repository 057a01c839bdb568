import { claimKinds, isHeldBy } from '../plan/claim-conflicts.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { isGivenUp, wantedClaims } from './keep-taken.ts';

/**
 * Gives up and takes e-mails and phones, in sorted order so that two jobs do not wait for each other in a circle. Returns
 * false when a job of another tenant was faster with one of them: it must then be judged again.
 */
export async function moveClaims({ client, tenantId }: DirectoryContext): Promise<boolean> {
  for (const claim of claimKinds) {
    await client.query(
      `delete from claims c using revert_records r join users u on u.id = r.record_id
       where r.kind = 'user' and ${isHeldBy(claim)} and $1::uuid is not null and ${isGivenUp(claim)}`,
      [tenantId],
    );
  }
  for (const claim of claimKinds) {
    await client.query(`create temp table wanted_claims on commit drop as ${wantedClaims(claim)}`);
    const taken = await client.query<{ missing: boolean }>(
      `with taken as (
         insert into claims (kind, scope, key, tenant_id, user_id)
         select '${claim.kind}', ${claim.scope}, w.key, $1::uuid, w.record_id from wanted_claims w order by w.key
         on conflict do nothing returning 1)
       select (select count(*) from taken) < (select count(*) from wanted_claims) as missing`,
      [tenantId],
    );
    await client.query('drop table wanted_claims');
    if (taken.rows[0]?.missing !== false) return false;
  }
  return true;
}
