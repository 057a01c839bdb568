import type { PoolClient } from '@rosterport/database';
import { openWork, stageGroups, stageHeader, stageUsers } from '@rosterport/directory';
import type { CheckedRow, Issue, SheetHeader } from '@rosterport/domain';
import { RowPlaces, type PlaceChunk } from '@rosterport/jobs';
import type { CheckedEvent } from './validate.ts';

/** Rows of one sheet that stand next to each other in the stream. */
type Rows = Exclude<CheckedEvent, { kind: 'issue' }>;

/** What is known of a file when it has been read. */
export interface StagedFile {
  /** The findings about the file as a whole. */
  readonly issues: readonly Issue[];
  /** Data rows of users; `null` when the file holds no such sheet. */
  readonly userRows: number | null;
  /** Where each data row stands. */
  readonly chunks: readonly PlaceChunk[];
}

/**
 * Brings the checked rows into the work tables: one COPY for each run of rows of one sheet, since a connection carries one
 * COPY at a time. The stream is read to its end whatever is found.
 */
export async function stageFile(client: PoolClient, events: AsyncIterable<CheckedEvent>): Promise<StagedFile> {
  await openWork(client);
  const issues: Issue[] = [];
  const headers = new Set<SheetHeader>();
  const places = new RowPlaces();
  let userRows: number | null = null;
  const source = events[Symbol.asyncIterator]();

  /** The next rows; findings on the way are put aside. */
  const next = async (): Promise<Rows | null> => {
    for (;;) {
      const step = await source.next();
      if (step.done === true) return null;
      if (step.value.kind !== 'issue') return step.value;
      issues.push(step.value.issue);
    }
  };

  let current = await next();
  async function* numbered<RecordType>(first: Rows): AsyncGenerator<{ ordinal: number; row: CheckedRow<RecordType> }> {
    for (current = first; current?.header === first.header; current = await next()) {
      for (const row of current.rows) {
        yield { ordinal: places.add(row.sheet, row.row, row.externalId), row: row as CheckedRow<RecordType> };
      }
    }
  }

  while (current !== null) {
    const first: Rows = current;
    if (!headers.has(first.header)) {
      headers.add(first.header);
      await stageHeader(client, first.header);
    }
    if (first.kind === 'users') userRows = (userRows ?? 0) + (await stageUsers(client, numbered(first)));
    else await stageGroups(client, numbered(first));
  }
  return { issues, userRows, chunks: places.finish() };
}
