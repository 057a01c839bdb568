import { eachByItself } from '../work/each-by-itself.ts';
import type { JobContext } from '../work/job-context.ts';
import { changeEntries, entriesOf, entryOrder, rowPlaces } from './change-entries.ts';

/**
 * Records before and after of every change of the plan with the row that makes it, but for what the records that are made
 * imply. The entry of a link that goes carries what that implied. Must run before the plan is written, since it reads the
 * values that are about to go.
 */
export async function writeJournal(context: JobContext): Promise<void> {
  const { client, tenantId, sourceId, jobId } = context;
  const maker = `left join lateral (
    select u.made_by, u.made_sheet, u.made_row, u.created_at as made_at from users u
    where u.id = e.made_member and e.made_entry is not null ${eachByItself(context)}) w on true`;
  for (const entries of changeEntries) {
    const [columns, values, join] =
      entries.carried === undefined
        ? ['', '', '']
        : [', made_entry, made_by, made_sheet, made_row, made_at', ', e.made_entry, w.made_by, w.made_sheet, w.made_row, w.made_at', maker];
    await client.query(
      `insert into journal (tenant_id, job_id, kind, record_id, sheet, row_no, before, after${columns})
       select $2, $3, e.kind, e.record_id, r.sheet, r.row_no, e.before, e.after${values}
       from (${entriesOf(entries)}) e
       left join (${rowPlaces}) r using (ordinal) ${join}
       -- Names the source for those kinds that do not tell it.
       where $1::uuid is not null
       order by ${entryOrder}`,
      [sourceId, tenantId, jobId],
    );
  }
}
