import type { Database } from '@rosterport/database';

/** An address that the doors do not serve for a time. Times are ISO 8601 in UTC. */
export interface Ban {
  /** An IPv4 address, or an IPv6 network of 64 bits. */
  readonly source: string;
  /** The offence that was one too many. */
  readonly reason: string;
  /** How often it was banned without a day's pause between. */
  readonly times: number;
  readonly bannedAt: string;
  readonly until: string;
}

/** A ban as the doors hold it: by what is left of it, since clocks of machines differ. */
export interface BanLeft {
  readonly source: string;
  readonly times: number;
  /** Milliseconds; 0 or less once it is over, for a day, so that another one is known to be another one. */
  readonly leftMs: number;
}

interface BanRow {
  readonly source: string;
  readonly reason: string;
  readonly times: number;
  readonly banned_at: Date;
  readonly until: Date;
}

/** The bans in force, the one that lasts longest first, 1,000 at most. */
export async function listBans(db: Database): Promise<readonly Ban[]> {
  const { rows } = await db.pool.query<BanRow>(
    'select source, reason, times, banned_at, until from bans where until > now() order by until desc, source limit 1000',
  );
  return rows.map((row) => ({
    source: row.source,
    reason: row.reason,
    times: row.times,
    bannedAt: row.banned_at.toISOString(),
    until: row.until.toISOString(),
  }));
}

/** Bans that are in force or ended within a day, newest end first, as many as are asked for at most. */
export async function recentBans(db: Database, most: number): Promise<readonly BanLeft[]> {
  const { rows } = await db.pool.query<{ source: string; times: number; left_ms: number }>(
    `select source, times, (extract(epoch from until - now()) * 1000)::float8 as left_ms
     from bans where until > now() - interval '1 day' order by until desc limit $1`,
    [most],
  );
  return rows.map(({ source, times, left_ms }) => ({ source, times, leftMs: left_ms }));
}

/** Makes a ban known to all processes; of two for one source the longer one stays. Forgets those that ended a day ago. */
export async function keepBan(
  db: Database,
  { source, reason, times, leftMs }: BanLeft & { readonly reason: string },
): Promise<void> {
  await db.pool.query(
    `insert into bans (source, reason, times, until) values ($1, $2, $3, now() + $4 * interval '1 millisecond')
     on conflict (source) do update set reason = excluded.reason, times = excluded.times, banned_at = now(), until = excluded.until
     where bans.until < excluded.until`,
    [source, reason, times, leftMs],
  );
  await db.pool.query(`delete from bans where until < now() - interval '1 day'`);
}

/** Ends a ban for all processes within seconds, and forgets that there was one. False when the source is not banned. */
export async function liftBan(db: Database, source: string): Promise<boolean> {
  const { rowCount } = await db.pool.query('delete from bans where source = $1', [source]);
  return rowCount === 1;
}
