import type { Migration } from '../migration.ts';

const accessTables = `
-- Networks from which alone the tenant's credentials are accepted, in CIDR notation; any address where it is empty.
alter table tenants add column networks text[] not null default '{}';
-- What the tenant may send in a day of UTC; none leaves it to the settings.
alter table tenants add column daily_bytes bigint check (daily_bytes >= 0);
alter table tenants add column daily_files int check (daily_files >= 0);

-- The same for one credential; both must accept the address.
alter table credentials add column networks text[] not null default '{}';
-- The credential as which a further key proves its sender: feed, mode, scopes and networks are those of that one.
alter table credentials add column part_of uuid references credentials;
alter table credentials add check (part_of is null or (kind = 'sshKey' and part_of <> id));
create index credentials_parts on credentials (part_of) where part_of is not null;
`;

const doorTables = `
-- Addresses that no door serves for a time, for all processes.
create table bans (
  -- An IPv4 address, or an IPv6 network of 64 bits.
  source text primary key,
  reason text not null,
  -- How often it was banned without a day's pause between; each time it lasts longer.
  times int not null default 1,
  banned_at timestamptz not null default now(),
  until timestamptz not null
);
create index bans_by_end on bans (until);
`;

/** Address rules, further keys of a credential, quotas and bans. */
export const sftpDoor: Migration = { name: '0003-sftp-door', up: accessTables + doorTables };
