import type { Table } from '@rosterport/fixtures';
import { inDialect, type Dialect } from './dialects.ts';
import type { Row, Rows } from './words.ts';

/** The rows as tables, groups first, with the headers of users in the dialect. */
export function tablesOf({ groups, users }: Rows, dialect: Dialect): readonly Table[] {
  const tables: Table[] = [];
  if (groups !== undefined) tables.push({ sheet: 'Groups', ...tableOf(groups.map(wholeGroup)) });
  if (users !== undefined) {
    const { header, rows } = tableOf(users.map(wholePerson));
    tables.push({ sheet: 'Users', header: inDialect(header, dialect), rows });
  }
  return tables;
}

function wholePerson(row: Row): Row {
  const id = idOf(row['EmployeeID']);
  return { EmployeeID: '', FirstName: 'First', LastName: id || 'Nobody', Email: `${id || 'nobody'}@example.com`.toLowerCase(), ...row };
}

function wholeGroup(row: Row): Row {
  return { OrgUnitID: '', Name: `Group ${idOf(row['OrgUnitID'])}`, Description: '', ResponsibleManager: '', ParentOrgUnit: '', ...row };
}

function idOf(cell: Row[string] | undefined): string {
  return typeof cell === 'string' ? cell.trim() : '';
}

/** A column for each header in the order in which they come up, as often as the row that repeats it most. */
function tableOf(rows: readonly Row[]): Pick<Table, 'header' | 'rows'> {
  const times = new Map<string, number>();
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) times.set(name, Math.max(times.get(name) ?? 1, textsOf(cell).length));
  }
  const columns = [...times].flatMap(([name, count]) => Array.from({ length: count }, (_, index) => ({ name, index })));
  return {
    header: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map(({ name, index }) => textsOf(row[name])[index] ?? '')),
  };
}

function textsOf(cell: Row[string] | undefined): readonly string[] {
  return typeof cell === 'string' ? [cell] : (cell ?? []);
}
