import type { Migration } from '../migration.ts';
import { directoryTables } from './0001-first-light-directory.ts';

const accessTables = `
create table tenants (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz not null default now()
);

create table sources (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  name text not null,
  created_at timestamptz not null default now(),
  unique (tenant_id, name)
);

create table feeds (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  source_id uuid not null references sources,
  name text not null,
  mode text not null default 'delta' check (mode in ('delta', 'full')),
  policy jsonb not null,
  created_at timestamptz not null default now(),
  unique (tenant_id, name)
);

create table credentials (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  feed_id uuid not null references feeds,
  name text not null,
  kind text not null check (kind in ('token', 'sshKey')),
  -- SHA-256 of the token. Tokens have 256 bits of chance, so a slow hash would add nothing.
  token_hash bytea unique,
  -- The public key as it travels on the wire (RFC 4253, section 6.6).
  public_key bytea,
  fingerprint text,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  check ((kind = 'token') = (token_hash is not null)),
  check ((kind = 'sshKey') = (public_key is not null and fingerprint is not null))
);
create unique index credentials_key on credentials (tenant_id, public_key) where revoked_at is null;
create index credentials_tenant on credentials (tenant_id, created_at);
`;

const jobTables = `
create table jobs (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  feed_id uuid not null references feeds,
  source_id uuid not null references sources,
  credential_id uuid references credentials,
  state text not null check (state in ('staged', 'waiting', 'processing', 'held', 'applied', 'previewed', 'rejected',
    'discarded', 'superseded', 'failed')),
  channel text not null check (channel in ('sftp', 'https', 'drop-folder')),
  file_name text not null,
  mode text not null check (mode in ('delta', 'full')),
  dry_run boolean not null,
  size bigint not null,
  sha256 text not null,
  received_at timestamptz not null,
  -- The order of a tenant's jobs.
  sealed_at timestamptz not null,
  registered_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  attempts int not null default 0,
  -- No try before this moment: the pause after a failed one.
  not_before timestamptz,
  format text,
  -- Kept as written (json, not jsonb): nothing searches them, and the order of names is shown.
  counts json,
  changes json,
  file_issues json not null default '[]',
  row_issues json not null default '[]',
  failure json,
  reverted_by uuid references jobs
);
create index jobs_open on jobs (tenant_id, sealed_at, id) where state in ('staged', 'processing', 'waiting', 'held');
create index jobs_listed on jobs (tenant_id, sealed_at desc, id desc);
create index jobs_by_sender on jobs (credential_id, sealed_at desc, id desc);

create table row_results (
  job_id uuid not null,
  -- Order of the data rows in the file, counted from 1 over all sheets.
  ordinal int not null,
  sheet text,
  row_no int not null,
  external_id text,
  result text not null check (result in ('rejected', 'skipped', 'created', 'reactivated', 'deactivated', 'updated',
    'unchanged')),
  codes text[] not null default '{}',
  -- [{code, severity, column, found, expected}]; the message is the catalogue's and not stored.
  issues jsonb,
  primary key (job_id, ordinal)
);
-- A file's results are mostly one of the two that are left out, and those are found at once without an index.
create index row_results_by_result on row_results (job_id, result, ordinal) where result not in ('unchanged', 'created');
create index row_results_with_issues on row_results (job_id, ordinal) where codes <> '{}';
`;

/** The tables of the first release. */
export const firstLight: Migration = { name: '0001-first-light', up: accessTables + jobTables + directoryTables };
