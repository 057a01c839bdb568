import type { Migration } from '../migration.ts';

const jobTables = `
-- Where the data rows of a job stand, a few thousand in one row. Jobs from before have none, and all their rows in row_results.
create table row_chunks (
  job_id uuid not null,
  -- Order of the first of its rows in the file, counted from 1 over all sheets.
  first_ordinal int not null,
  rows int not null,
  -- The result of the rows that row_results does not name; the same for all chunks of a job.
  usual_result text not null check (usual_result in ('rejected', 'skipped', 'created', 'reactivated', 'deactivated', 'updated',
    'unchanged')),
  -- How many of the rows have another result.
  others int not null,
  -- 'result:code' for each result with which a row has a finding of that code.
  findings text[] not null,
  -- Sheets, row numbers and external ids, deflated.
  places bytea not null,
  primary key (job_id, first_ordinal)
);
-- Deflated already.
alter table row_chunks alter column places set storage external;
-- Of a job with chunks row_results holds only rows that have another result than the usual one, or findings.
drop index row_results_by_result;
create index row_results_by_result on row_results (job_id, result, ordinal);
`;

/** Places of data rows in chunks, so that only what is unusual takes a row of its own. */
export const rowChunks: Migration = { name: '0004-row-chunks', up: jobTables };
