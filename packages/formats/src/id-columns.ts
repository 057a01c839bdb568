import { issue, type AnyField, type HeaderColumn, type Issue, type SheetHeader } from '@rosterport/domain';

import type { ReadRow } from './format-reader.ts';

const idFields: ReadonlySet<AnyField | null> = new Set<AnyField>([
  'externalId',
  'groupId',
  'managerId',
  'orgUnitId',
  'responsibleManager',
  'parentOrgUnit',
]);

/** An id and where it stands. */
interface Seen {
  readonly text: string;
  readonly row: number;
}

interface IdColumn {
  readonly column: HeaderColumn;
  /** Of the ids that are numbers. */
  shortest: Seen | null;
  longest: Seen | null;
  /** The longest of the ids that show a zero first. */
  padded: Seen | null;
}

/**
 * Watches the columns of ids of a sheet. A number cannot begin with a zero; where ids are numbers of several lengths, or stand
 * beside longer ones that begin with a zero, zeros may have been lost. That takes the whole column to see.
 */
export class IdColumns {
  readonly #sheet: string | null;
  readonly #columns: readonly IdColumn[];

  constructor({ sheet, columns }: SheetHeader) {
    this.#sheet = sheet;
    this.#columns = columns
      .filter(({ field }) => idFields.has(field))
      .map((column) => ({ column, shortest: null, longest: null, padded: null }));
  }

  /** Looks at a row; texts without a number beside them tell nothing, so that CSV files are never suspected. */
  see({ row, cells, numbers }: ReadRow): void {
    for (const seen of this.#columns) {
      const text = cells[seen.column.position];
      if (text === undefined || text === '') continue;
      if (numbers?.includes(seen.column.position) === true) seeNumber(seen, { text, row });
      else if (text.charCodeAt(0) === 48 && text.length > (seen.padded?.text.length ?? 1) && /^\d+$/.test(text)) {
        seen.padded = { text, row };
      }
    }
  }

  /** One finding for each column that may have lost zeros. */
  issues(): Issue[] {
    return this.#columns.flatMap(({ column, shortest, longest, padded }) => {
      const longer = [padded, longest].find((seen) => seen !== null && seen.text.length > (shortest?.text.length ?? Infinity));
      if (shortest === null || longer == null) return [];
      const expected = `${shortest.text} in row ${shortest.row}, ${longer.text} in row ${longer.row}`;
      return [issue('validateLeadingZeros', { sheet: this.#sheet, row: shortest.row, column: column.name, found: shortest.text, expected })];
    });
  }
}

function seeNumber(seen: IdColumn, number: Seen): void {
  if (!/^\d+$/.test(number.text)) return;
  if (seen.shortest === null || number.text.length < seen.shortest.text.length) seen.shortest = number;
  if (seen.longest === null || number.text.length > seen.longest.text.length) seen.longest = number;
}
