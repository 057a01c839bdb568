/**
 * Offences with the points that each costs. A point is forgotten each second, so what an honest client with a broken script
 * does once a minute never adds up.
 */
export const offences = {
  /** A wrong token, whatever was wrong about it. */
  loginRefused: 10,
  /** A connection on which none of the keys that proved themselves was known. */
  keysRefused: 10,
  /** A connection that ended without any attempt, such as that of a scanner. */
  noLogin: 1,
  /** A connection whose time to log in ran out. */
  loginTooLate: 10,
  /** What is not the protocol. */
  nonsense: 15,
  /** More channels, key exchanges or unread replies than anybody needs. */
  flood: 60,
} as const satisfies Readonly<Record<string, number>>;

/** The name of an offence. */
export type Offence = keyof typeof offences;

/** When a source is banned, and for how long. */
export interface PenaltyRules {
  /** Points at which a source is banned. */
  readonly points: number;
  /** How long the first ban lasts; each one that follows within a day of the last one's end lasts twice as long. */
  readonly banMs: number;
  readonly longestBanMs: number;
  /** How many sources are remembered at most, of either kind: those with points and those banned. */
  readonly sources: number;
}

/** A ban that has begun. */
export interface NewBan {
  readonly source: string;
  /** The how-manieth without a day between. */
  readonly times: number;
  readonly leftMs: number;
}

interface Debt {
  readonly points: number;
  readonly at: number;
}

interface Held {
  readonly until: number;
  readonly times: number;
  /** Since when all processes can know it; for ever ahead while they can't. */
  readonly sharedAt: number;
}

const dayMs = 86_400_000;

/** Keeps the points and the bans of sources. Every method is told the time, in milliseconds of one clock. */
export class Penalties {
  readonly #rules: PenaltyRules;
  // A Map keeps the order of insertion, so its first key is the one that was touched longest ago.
  readonly #debts = new Map<string, Debt>();
  readonly #bans = new Map<string, Held>();

  constructor(rules: PenaltyRules) {
    this.#rules = rules;
  }

  /** Adds points to a source. Gives the ban when it begins by them; what a banned source does adds nothing. */
  add(source: string, points: number, now: number): NewBan | null {
    if (this.isBanned(source, now)) return null;
    const before = this.#debts.get(source);
    const left = before === undefined ? 0 : Math.max(0, before.points - (now - before.at) / 1000);
    this.#debts.delete(source);
    if (left + points < this.#rules.points) {
      this.#debts.set(source, { points: left + points, at: now });
      trim(this.#debts, this.#rules.sources);
      return null;
    }
    const last = this.#bans.get(source);
    const times = last !== undefined && now - last.until < dayMs ? last.times + 1 : 1;
    const leftMs = Math.min(this.#rules.longestBanMs, this.#rules.banMs * 2 ** (times - 1));
    this.#bans.delete(source);
    this.#bans.set(source, { until: now + leftMs, times, sharedAt: Number.POSITIVE_INFINITY });
    trim(this.#bans, this.#rules.sources);
    return { source, times, leftMs };
  }

  isBanned(source: string, now: number): boolean {
    return (this.#bans.get(source)?.until ?? Number.NEGATIVE_INFINITY) > now;
  }

  /** How many sources are banned. */
  banned(now: number): number {
    return [...this.#bans.values()].filter(({ until }) => until > now).length;
  }

  /** From now on all processes can know the ban of this source. */
  shared(source: string, now: number): void {
    const held = this.#bans.get(source);
    if (held !== undefined) this.#bans.set(source, { ...held, sharedAt: now });
  }

  /** Takes over the bans that all processes know, as asked for at that time: what was shared before and is not among them was lifted. */
  learn(known: readonly NewBan[], askedAt: number, now: number): void {
    const sources = new Set(known.map(({ source }) => source));
    for (const [source, { sharedAt }] of this.#bans) {
      if (sharedAt < askedAt && !sources.has(source)) this.#bans.delete(source);
    }
    for (const { source, times, leftMs } of known) {
      const held = this.#bans.get(source);
      if (held !== undefined && held.sharedAt >= askedAt) continue;
      this.#bans.delete(source);
      this.#bans.set(source, { until: now + leftMs, times, sharedAt: Number.NEGATIVE_INFINITY });
    }
    trim(this.#bans, this.#rules.sources);
  }

  /** How many sources are remembered. */
  get size(): number {
    return this.#debts.size + this.#bans.size;
  }
}

function trim(map: Map<string, unknown>, most: number): void {
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}
