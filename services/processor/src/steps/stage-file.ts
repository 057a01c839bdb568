import { preparing, type PoolClient } from '@rosterport/database';
import { openWork, stageGroups, stageHeader, stageUsers, type AheadPlan, type StagedRows } from '@rosterport/directory';
import type { CheckedRow, Issue, SheetHeader } from '@rosterport/domain';
import { RowPlaces, type PlaceChunk } from '@rosterport/jobs';
import type { CheckedEvent } from './validate.ts';

/** Rows of one sheet that stand next to each other in the stream. */
type Rows = Extract<CheckedEvent, { kind: 'users' | 'groups' }>;

/** What is known of a file when it has been read. */
export interface StagedFile {
  /** The findings about the file as a whole. */
  readonly issues: readonly Issue[];
  /** Data rows of users; `null` when the file holds no such sheet. */
  readonly userRows: number | null;
  /** How many of them were passed over, so that they stand in no work table. */
  readonly untouchedRows: number;
  /** Where each data row stands. */
  readonly chunks: readonly PlaceChunk[];
  /** People who were planned while the file was read. */
  readonly plannedAhead: number;
}

/** Begins to plan people while rows are staged; `null` where they are planned at the end. */
type BeginAhead = () => Promise<AheadPlan | null>;

/**
 * Brings the checked rows into the work tables: one COPY for each run of rows of one sheet, since a connection carries one
 * COPY at a time, or several where people are planned meanwhile. The stream is read to its end whatever is found.
 */
export async function stageFile(client: PoolClient, events: AsyncIterable<CheckedEvent>, begin?: BeginAhead): Promise<StagedFile> {
  await openWork(client);
  const ahead = (await begin?.()) ?? null;
  const issues: Issue[] = [];
  const headers = new Set<SheetHeader>();
  const passedOver = new Set<SheetHeader>();
  const places = new RowPlaces();
  let userRows: number | null = null;
  let untouchedRows = 0;
  const source = events[Symbol.asyncIterator]();

  /** The next rows to be staged; findings, and rows that need not be, are put down on the way. */
  const next = async (): Promise<Rows | null> => {
    for (;;) {
      const step = await source.next();
      if (step.done === true) return null;
      const event = step.value;
      if (event.kind === 'issue') issues.push(event.issue);
      else if (event.kind === 'known') {
        places.addRun({ ...event, sheet: event.header.sheet });
        untouchedRows += event.count;
        passedOver.add(event.header);
      } else return event;
    }
  };

  let current = await next();
  async function* numbered<RecordType>(first: Rows): StagedRows<RecordType> {
    for (current = first; current?.header === first.header; current = await next()) {
      const raw = current.kind === 'users' ? current.raw : [];
      const rows = current.rows as readonly CheckedRow<RecordType>[];
      yield rows.map((row, index) => ({ ordinal: places.add(row.sheet, row.row, row.externalId), row, hash: raw[index]?.hash }));
    }
  }

  while (current !== null) {
    const first: Rows = current;
    if (!headers.has(first.header)) {
      headers.add(first.header);
      await stageHeader(preparing(client), first.header);
    }
    if (first.kind === 'users') userRows = (userRows ?? 0) + (await stageUsers(client, numbered(first), ahead));
    else await stageGroups(client, numbered(first));
  }
  for (const header of passedOver) if (!headers.has(header)) await stageHeader(preparing(client), header);
  if (untouchedRows > 0) userRows = (userRows ?? 0) + untouchedRows;
  return { issues, userRows, untouchedRows, chunks: places.finish(), plannedAhead: ahead?.people ?? 0 };
}
