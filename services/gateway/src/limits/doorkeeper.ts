import { keepBan, recentBans } from '@rosterport/access';
import { databaseFailure, type Database } from '@rosterport/database';
import { noNetworks, sourceOf, type Logger, type Metrics, type Networks } from '@rosterport/runtime';
import { offences, Penalties, type NewBan, type Offence, type PenaltyRules } from './penalties.ts';

/** Who is served at all, before anybody has proved anything. */
export interface AddressRules {
  /** Where anybody is served; everywhere when it is empty. */
  readonly allow: Networks;
  /** Where nobody is served, also within `allow`. */
  readonly deny: Networks;
  /** Where nobody is ever banned or counted by address: proxies, and networks with many senders behind one address. */
  readonly exempt: Networks;
}

/** What the doors ask about an address. */
export type Judgement = 'welcome' | 'foreign' | 'banned';

/** Knows the addresses that are not to be served, for all doors of a process. */
export interface Doorkeeper {
  judge(address: string): Judgement;
  /** True for addresses that are never banned or counted. */
  isExempt(address: string): boolean;
  /** Notes an offence; the one too many bans the address (IPv6: its /64 network). */
  offend(address: string, offence: Offence): void;
  /** Asks at once what other processes have banned, and what was lifted; otherwise that is done every few seconds. Never rejects. */
  refresh(): Promise<void>;
  /** Stops asking; resolves when nothing is being written. */
  close(): Promise<void>;
}

/** What a doorkeeper stands on. */
export interface DoorkeeperOptions {
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly rules?: Partial<AddressRules>;
  readonly penalties?: Partial<PenaltyRules>;
  /** How often other processes are asked for, in milliseconds; 5,000 unless told. */
  readonly refreshMs?: number;
}

/** The penalties where none are chosen. */
export const usualPenalties: PenaltyRules = { points: 120, banMs: 600_000, longestBanMs: 86_400_000, sources: 10_000 };

/**
 * Opens a doorkeeper, with the bans that other processes know. Bans are in memory and in the database: while that is away,
 * those in memory hold, and new ones are made known when it is back.
 */
export async function openDoorkeeper(options: DoorkeeperOptions): Promise<Doorkeeper> {
  const { database, log, metrics, refreshMs = 5_000 } = options;
  const { allow = noNetworks, deny = noNetworks, exempt = noNetworks } = options.rules ?? {};
  const penalties = new Penalties({ ...usualPenalties, ...options.penalties });
  const unshared = new Map<string, NewBan & { readonly reason: Offence; readonly endsAt: number }>();
  let work = Promise.resolve();

  const exchange = async (): Promise<void> => {
    for (const [source, ban] of unshared) {
      await keepBan(database, { ...ban, leftMs: ban.endsAt - performance.now() });
      unshared.delete(source);
      penalties.shared(source, performance.now());
    }
    const askedAt = performance.now();
    penalties.learn(await recentBans(database, (options.penalties?.sources ?? usualPenalties.sources)), askedAt, performance.now());
  };
  // One after the other: what is asked for must be later than what was written before.
  const refresh = (): Promise<void> => (work = work.then(exchange).catch((error: unknown) => tell(log, error)));
  const ban = (begun: NewBan, reason: Offence): void => {
    unshared.set(begun.source, { ...begun, reason, endsAt: performance.now() + begun.leftMs });
    metrics.count('rosterport_bans_total', { reason });
    log.warn('An address was banned', { address: begun.source, reason, seconds: Math.round(begun.leftMs / 1000), times: begun.times });
    void refresh();
  };

  metrics.beforeText(() => {
    metrics.set('rosterport_banned_addresses', {}, penalties.banned(performance.now()));
    return Promise.resolve();
  });
  await refresh();
  const timer = setInterval(() => void refresh(), refreshMs);
  timer.unref();
  return {
    judge(address) {
      if (deny.has(address) || (allow.texts.length > 0 && !allow.has(address))) return 'foreign';
      return !exempt.has(address) && penalties.isBanned(sourceOf(address), performance.now()) ? 'banned' : 'welcome';
    },
    isExempt: (address) => exempt.has(address),
    offend(address, offence) {
      if (exempt.has(address) || address === '') return;
      const begun = penalties.add(sourceOf(address), offences[offence], performance.now());
      if (begun !== null) ban(begun, offence);
    },
    refresh,
    async close() {
      clearInterval(timer);
      await work;
    },
  };
}

function tell(log: Logger, error: unknown): void {
  const failure = databaseFailure(error);
  if (failure === null) log.error('The bans of other processes could not be read', { error });
  else log.debug('The bans of other processes could not be read', { code: failure.code });
}
