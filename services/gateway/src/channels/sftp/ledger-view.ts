import { databaseFailure, type Database } from '@rosterport/database';
import { Failure, type CredentialId, type TenantId } from '@rosterport/domain';
import { listJobs, type LedgerJob } from '@rosterport/jobs';

/** Whose jobs are seen. */
export interface LedgerOwner {
  readonly tenantId: TenantId;
  readonly credentialId: CredentialId;
}

/** The newest jobs that a credential has sent, newest first. */
export interface LedgerView {
  /** As the ledger has them at this moment. Fails with `databaseUnavailable`. */
  fresh(): Promise<readonly LedgerJob[]>;
  /**
   * As they were at most two seconds ago; while the database is away, as they were last seen. Never fails because of the
   * database: uploads go on without it.
   */
  recent(): Promise<readonly LedgerJob[]>;
}

/** How many jobs are seen at most. */
export const seenJobs = 1000;
const goodForMs = 2_000;
const patienceMs = 5_000;

/** Looks at the ledger for one credential. */
export function viewLedger(database: Database, owner: LedgerOwner): LedgerView {
  let seen: readonly LedgerJob[] = [];
  let goodUntil = 0;
  const fresh = async (): Promise<readonly LedgerJob[]> => {
    const { items } = await answered(listJobs(database, { ...owner, limit: seenJobs }));
    seen = items;
    return items;
  };
  return {
    fresh,
    async recent() {
      if (performance.now() < goodUntil) return seen;
      try {
        await fresh();
      } catch (error) {
        if (databaseFailure(error) === null) throw error;
      }
      goodUntil = performance.now() + goodForMs;
      return seen;
    },
  };
}

/** The answer of the database; `databaseUnavailable` when it is away or silent for five seconds. */
export async function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Failure('databaseUnavailable')), patienceMs);
  });
  try {
    return await Promise.race([answer, silence]);
  } catch (error) {
    throw databaseFailure(error) ?? error;
  } finally {
    clearTimeout(timer);
  }
}
