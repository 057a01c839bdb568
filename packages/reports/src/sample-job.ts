import { issue, listIssues, noChanges, nothingRemoved } from '@rosterport/domain';
import type { HeaderColumn, Job, JobId, RecordChange, ReportRow, SheetHeader } from '@rosterport/domain';

/** A small job for tests: a workbook of three rows, one of them rejected. */
export const sampleJob: Job = {
  id: '0198a1b2-0000-7000-8000-000000000001' as JobId,
  state: 'applied',
  kind: 'file',
  fileName: 'users.xlsx',
  channel: 'sftp',
  feed: 'default',
  mode: 'delta',
  dryRun: false,
  receivedAt: '2026-03-01T06:00:00.000Z',
  finishedAt: '2026-03-01T06:00:02.000Z',
  counts: { rejected: 1, skipped: 0, created: 1, reactivated: 0, deactivated: 0, updated: 1, unchanged: 0 },
  changes: { ...noChanges, usersCreated: 1, usersUpdated: 1, membershipsAdded: 12 },
  issues: listIssues({
    file: [],
    rows: [
      { code: 'validateThatEmailIsCorrect', severity: 'error', count: 1 },
      { code: 'validateGroupExists', severity: 'warning', count: 1 },
    ],
  }),
  failure: null,
  fingerprint: null,
  reverts: null,
  revertedBy: null,
  removed: nothingRemoved,
};

/** The rows of the small job. */
export const sampleRows: readonly ReportRow[] = [
  { sheet: 'Users', row: 2, externalId: '007', result: 'created', issues: [] },
  {
    sheet: 'Users',
    row: 3,
    externalId: 'E2',
    result: 'rejected',
    issues: [
      issue('validateThatEmailIsCorrect', { sheet: 'Users', row: 3, column: 'Email', found: '=1+1' }),
      issue('validateMandatoryValues', { sheet: 'Users', row: 3, column: 'LastName' }),
    ],
  },
  {
    sheet: 'Users',
    row: 4,
    externalId: 'E3',
    result: 'updated',
    issues: [
      issue('validateGroupExists', {
        sheet: 'Users',
        row: 4,
        column: 'Department',
        found: 'NORTH',
        expected: 'the file makes it',
      }),
    ],
  },
];

/** The header of a sheet of users with these columns; only the id is matched to its field. */
export function usersHeader(sheet: string | null, names: readonly string[]): SheetHeader {
  const columns = names.map((name, position): HeaderColumn => {
    return { position, name, field: name === 'EmployeeID' ? 'externalId' : null };
  });
  return { kind: 'users', sheet, columns };
}

/** The values as a stream. */
export async function* streamOf<Value>(values: Iterable<Value>): AsyncGenerator<Value> {
  for (const value of values) yield await Promise.resolve(value);
}

/** A stream made a value at a time, and what was asked of it. */
export interface CountedStream<Value> {
  readonly stream: AsyncIterable<Value>;
  /** How many values have been taken. */
  readonly taken: () => number;
  /** True when the stream has come to its end, or was ended. */
  readonly ended: () => boolean;
}

/** A stream of that length that counts what is taken from it. */
export function countedStream<Value>(length: number, make: (position: number) => Value): CountedStream<Value> {
  let taken = 0;
  let ended = false;
  async function* values(): AsyncGenerator<Value> {
    try {
      for (; taken < length; ) yield await Promise.resolve(make(taken++));
    } finally {
      ended = true;
    }
  }
  return { stream: values(), taken: () => taken, ended: () => ended };
}

/** All of a stream of texts as one text. */
export async function textOf(texts: AsyncIterable<string>): Promise<string> {
  let whole = '';
  for await (const text of texts) whole += text;
  return whole;
}

/** Changes of a plan: somebody who would go, somebody who would change, somebody who would come, and what a revert kept. */
export const sampleChanges: readonly RecordChange[] = [
  {
    ...{ kind: 'user', action: 'deactivated', id: '7', externalId: '007', name: 'Åda Berg', sheet: null, row: null, reason: null },
    values: [{ field: 'active', before: true, after: false }, { field: 'inactiveCause', before: null, after: 'absence' }],
    links: [],
  },
  {
    ...{ kind: 'user', action: 'updated', id: '8', externalId: 'E3', name: 'Bo Dahl', sheet: 'Users', row: 4, reason: null },
    values: [{ field: 'phone', before: '+46701234567', after: null }, { field: 'attributes.City', before: 'Lund', after: '=1+1' }],
    links: [
      { kind: 'membership', change: 'removed', group: { id: '1', externalId: 'D1', name: 'HR' }, manager: null },
      { kind: 'manager', change: 'added', group: { id: '2', externalId: 'D2', name: '' }, manager: 'E9' },
    ],
  },
  {
    ...{ kind: 'group', action: 'created', id: '9', externalId: null, name: 'North', sheet: null, row: null, reason: null },
    values: [{ field: 'name', before: null, after: 'North' }],
    links: [],
  },
];

/** What a revert kept, beside what it took back. */
export const keptChanges: readonly RecordChange[] = [
  ...sampleChanges.slice(1, 2),
  {
    ...{ kind: 'user', action: 'kept', id: '7', externalId: '007', name: 'Åda Berg', sheet: null, row: null, reason: 'changedSince' },
    values: [{ field: 'email', before: 'ada.planted@example.com', after: 'old.planted@example.com' }],
    links: [],
  },
];
