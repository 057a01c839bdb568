import { peopleToRecall, type JobContext, type KnownPeople } from '@rosterport/directory';
import { hasError } from '@rosterport/domain';
import { stageFile, type StagedFile } from './stage-file.ts';
import type { CheckedRows } from './validate.ts';

/** How often the file is read with people passed over. Whom it recalls a third time would mean rows that chase each other. */
const mostReadings = 3;

/**
 * Brings the rows into the work tables, but for those that say nothing new. When it turns out that one of these is concerned
 * by another row, the file is read again with its person on the full path; of a file that is refused every row is read.
 */
export async function stageSifted(context: JobContext, read: CheckedRows, known: KnownPeople | null): Promise<StagedFile> {
  const { client } = context;
  if (known === null) return stageFile(client, read());
  for (let reading = 1; reading <= mostReadings; reading++) {
    await client.query('savepoint unread');
    const staged = await stageFile(client, read(known));
    const { untouchedRows } = staged;
    if (untouchedRows === 0) return staged;
    if (!hasError(staged.issues)) {
      const recalled = await peopleToRecall({ ...context, untouchedRows }, known);
      if (recalled.size === 0 && !known.hasSeenTwice) return staged;
      known.recall(recalled);
    } else reading = mostReadings;
    await client.query('rollback to savepoint unread');
  }
  return stageFile(client, read());
}
