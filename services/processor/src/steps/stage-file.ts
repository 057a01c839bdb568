import type { PoolClient } from '@rosterport/database';
import { openWork, stageGroups, stageHeader, stageUsers } from '@rosterport/directory';
import type { CheckedRow, Issue, SheetHeader } from '@rosterport/domain';
import type { CheckedEvent } from './validate.ts';

/** Rows of one sheet that stand next to each other in the stream. */
type Rows = Exclude<CheckedEvent, { kind: 'issue' }>;

/**
 * Brings the checked rows into the work tables: one COPY for each run of rows of one sheet, since a connection carries one
 * COPY at a time. Returns the findings about the file, and how many rows of users it has (`null` where it has no such sheet).
 * The stream is read to its end whatever is found.
 */
export async function stageFile(
  client: PoolClient,
  events: AsyncIterable<CheckedEvent>,
): Promise<{ readonly issues: readonly Issue[]; readonly userRows: number | null }> {
  await openWork(client);
  const issues: Issue[] = [];
  const headers = new Set<SheetHeader>();
  let ordinal = 0;
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
      for (const row of current.rows) yield { ordinal: (ordinal += 1), row: row as CheckedRow<RecordType> };
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
  return { issues, userRows };
}
