import type { IssueCode, RowResult } from '@rosterport/domain';

/** The result of ninety-nine rows in a hundred. */
export const usualResult = 'unchanged' satisfies RowResult;

/** Findings of the rows that have one. */
export const sampleCode = 'validateManagerExists' satisfies IssueCode;

/** A data row with its verdict. */
export interface SampleRow {
  readonly ordinal: number;
  readonly row: number;
  readonly externalId: string;
  readonly result: RowResult;
  readonly hasFinding: boolean;
}

const unusual = ['updated', 'updated', 'created', 'updated', 'rejected', 'updated', 'deactivated', 'updated', 'reactivated', 'updated'] as const;

/** A prime, so that ids stand in the file in no order that would make them small. */
const stride = 7_368_787;

/** The rows of a file of so many, of which one in a hundred is not as usual; two in a thousand have a finding, or are refused for it. */
export function* sampleRows(rows: number): Generator<SampleRow> {
  for (let index = 0; index < rows; index += 1) {
    const place = { ordinal: index + 1, row: index + 2, externalId: `E${String((index * stride) % 10_000_000).padStart(7, '0')}` };
    const word = index % 100 === 99 ? unusual[Math.floor(index / 100) % unusual.length] : undefined;
    yield { ...place, result: word ?? usualResult, hasFinding: word === 'rejected' || index % 1_000 === 500 };
  }
}

/** The finding of a row, as it is kept. */
export function findingOf({ result }: SampleRow): string {
  const severity = result === 'rejected' ? 'error' : 'warning';
  return JSON.stringify([{ code: sampleCode, severity, column: 'EmployeeManagerID', found: 'E7654321', expected: null }]);
}
