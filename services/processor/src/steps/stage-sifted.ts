import { forRows, peopleToRecall, planAhead, type AheadPlan, type JobContext } from '@rosterport/directory';
import { hasError } from '@rosterport/domain';
import type { Sifting } from './sifting.ts';
import { stageFile, type StagedFile } from './stage-file.ts';
import type { CheckedRows } from './validate.ts';

/** How often the file is read with people passed over. Whom it recalls a third time would mean rows that chase each other. */
const mostReadings = 3;

/** A file whose rows are staged, with the context of what is left of its job. */
export interface SiftedFile extends StagedFile {
  readonly context: JobContext;
}

/**
 * Brings the rows into the work tables, but for those that say nothing new. When it turns out that one of these is concerned
 * by another row, the file is read again with its person on the full path; of a file that is refused every row is read.
 */
export async function stageSifted(place: JobContext, read: CheckedRows, sifting: Sifting | null): Promise<SiftedFile> {
  const { client } = place;
  for (let reading = 1; sifting !== null && reading <= mostReadings; reading++) {
    const { known, sieve, fileBytes, partBytes } = sifting;
    await client.query('savepoint unread');
    const mayPlanAhead = known.size === 0 && fileBytes >= partBytes;
    const sifted = await stage(place, read(sieve), mayPlanAhead ? () => planAhead(place, partBytes) : undefined);
    if (sifted.untouchedRows === 0) return sifted;
    if (!hasError(sifted.issues)) {
      const recalled = await peopleToRecall(sifted.context, known);
      if (recalled.size === 0 && !known.hasSeenTwice) return sifted;
      known.recall(recalled);
    } else reading = mostReadings;
    await client.query('rollback to savepoint unread');
  }
  return stage(place, read());
}

async function stage(place: JobContext, rows: ReturnType<CheckedRows>, begin?: () => Promise<AheadPlan | null>): Promise<SiftedFile> {
  const staged = await stageFile(place.client, rows, begin);
  const { chunks, untouchedRows, plannedAhead } = staged;
  const stagedRows = chunks.reduce((sum, chunk) => sum + chunk.rows, -untouchedRows);
  return { ...staged, context: await forRows({ ...place, untouchedRows, stagedRows, plannedAhead }) };
}
