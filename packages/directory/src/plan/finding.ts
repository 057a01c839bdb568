import { issueCatalogue, type IssueCode, type Severity } from '@rosterport/domain';

/** How a set rule names what it found. */
export interface FindingKind {
  readonly code: IssueCode;
  /** The field whose column the finding is about; `null` when it is about the whole row. */
  readonly field: string | null;
  /** Instead of the catalogue's severity, where a policy says so. */
  readonly severity?: Severity;
}

/**
 * SQL that notes a finding for each row of a query.
 *
 * `rows` is a query with the columns `ordinal`, `found` and `expected` (both text, may be null).
 */
export function noteFindings(kind: FindingKind, rows: string): string {
  const severity = kind.severity ?? issueCatalogue[kind.code].severity;
  const field = kind.field === null ? 'null' : `'${kind.field}'`;
  return `insert into findings (ordinal, code, severity, field, found, expected)
    select ordinal, '${kind.code}', '${severity}', ${field}, found, expected from (${rows}) rows`;
}

/**
 * SQL that refuses people and notes why on each of their rows.
 *
 * `people` is a query with the columns `external_id`, `found` and `expected` (both text, may be null); the statement's
 * row count is the number of rows noted.
 */
export function refuseUsers(kind: FindingKind, people: string): string {
  return `with bad as materialized (${people}),
    refused as (update plan_users p set refused = true from bad where p.external_id = bad.external_id)
    ${noteFindings(kind, 'select r.ordinal, bad.found, bad.expected from bad join in_users r using (external_id)')}`;
}

/** The same for groups. */
export function refuseGroups(kind: FindingKind, groups: string): string {
  return `with bad as materialized (${groups}),
    refused as (update plan_groups p set refused = true from bad where p.external_id = bad.external_id)
    ${noteFindings(kind, 'select r.ordinal, bad.found, bad.expected from bad join in_groups r using (external_id)')}`;
}

/** How many rows a finding names at most. */
const mostRows = 10;

/** SQL that lists the first rows of a group of input rows, as in `rows 4, 7` or `Users rows 4, 7`. */
export function rowsNamed(alias: string): string {
  const all = `array_agg(${alias}.row_no::text order by ${alias}.ordinal)`;
  return `coalesce(min(${alias}.sheet) || ' ', '') || case when count(*) = 1 then 'row ' else 'rows ' end || array_to_string((${all})[1:${mostRows}], ', ')
    || case when count(*) > ${mostRows} then ' and more' else '' end`;
}
