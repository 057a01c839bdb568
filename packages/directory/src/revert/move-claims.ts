import { claimKinds } from '../plan/claim-conflicts.ts';
import type { DirectoryContext } from '../work/job-context.ts';
import { isGivenUp, wantedClaims } from './keep-taken.ts';

/**
 * Gives up and takes e-mails and phones, in sorted order so that two jobs do not wait for each other in a circle. Returns
 * false when a job of another tenant was faster with one of them: it must then be judged again.
 */
export async function moveClaims({ client, tenantId }: DirectoryContext): Promise<boolean> {
  for (const claim of claimKinds) {
    await client.query(
      `delete from claims c where c.kind = '${claim.kind}' and c.tenant_id = $1 and ${isGivenUp(claim)}
         and c.user_id in (select record_id from revert_records where kind = 'user')`,
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
