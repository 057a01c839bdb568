import type { JobContext } from '../work/job-context.ts';
import { changeEntries, entriesOf, entryOrder, rowPlaces } from './change-entries.ts';

/**
 * Records before and after of every change of the plan with the row that makes it, but for what the records that are made
 * imply. Must run before the plan is written, since it reads the values that are about to go.
 */
export async function writeJournal({ client, tenantId, sourceId, jobId }: JobContext): Promise<void> {
  for (const entries of changeEntries) {
    await client.query(
      `insert into journal (tenant_id, job_id, kind, record_id, sheet, row_no, before, after)
       select $2, $3, e.kind, e.record_id, r.sheet, r.row_no, e.before, e.after
       from (${entriesOf(entries)}) e
       left join (${rowPlaces}) r using (ordinal)
       -- Names the source for those kinds that do not tell it.
       where $1::uuid is not null
       order by ${entryOrder}`,
      [sourceId, tenantId, jobId],
    );
  }
}
