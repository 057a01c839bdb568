import { columnsOf, type SheetKind } from '@rosterport/domain';

import { headerName } from './header-name.ts';

const mandatoryHeaders = (['users', 'groups'] satisfies SheetKind[]).map((kind) =>
  columnsOf(kind)
    .filter(({ position }) => position !== null)
    .slice(0, 4)
    .map(({ headers }) => new Set(headers)),
);

const firstHeaders = new Set(mandatoryHeaders.flatMap(([first]) => [...(first ?? [])]));

/** True when the first cells of a row are the headers of the mandatory columns of users or of groups. */
export function isHeaderRow(cells: readonly string[]): boolean {
  const first = cells[0];
  if (first === undefined || first === '') return false;
  if (!firstHeaders.has(headerName(first))) return false;
  return mandatoryHeaders.some((columns) =>
    columns.every((headers, position) => headers.has(headerName(cells[position] ?? ''))),
  );
}
