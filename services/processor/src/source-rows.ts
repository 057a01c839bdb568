import type { JobId, RawRow, SheetHeader } from '@rosterport/domain';
import { isFailure } from '@rosterport/domain';
import { detect, parse, type Scratch } from '@rosterport/formats';
import type { Staging } from '@rosterport/staging';

/**
 * Reads the rows of a job's sealed file again, for a report that shows them. Gives nothing when the file is gone or was
 * refused before its rows could be read.
 */
export async function* sourceRows(
  { staging, scratch }: { readonly staging: Staging; readonly scratch: Scratch },
  jobId: JobId,
): AsyncGenerator<{ header: SheetHeader; row: RawRow }> {
  const file = await staging.open(jobId).catch((error: unknown) => {
    if (isFailure(error) && error.code === 'stagedFileMissing') return null;
    throw error;
  });
  if (file === null) return;
  try {
    const detected = await detect(file, { scratch });
    const tables = detected.ok ? detected : detected.readable;
    if (tables === null) return;
    for await (const event of parse(file, tables, { scratch })) {
      if (event.kind === 'issue') continue;
      for (const row of event.rows) yield { header: event.header, row };
    }
  } finally {
    await file.close();
  }
}
