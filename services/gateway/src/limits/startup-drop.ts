/** How many connections may be open before their login, in the manner of sshd's MaxStartups. */
export interface Startups {
  /** Below this number all are let in. */
  readonly start: number;
  /** Percent that are dropped at `start`; the share grows evenly up to all at `full`. */
  readonly rate: number;
  readonly full: number;
}

/**
 * The share, 0 to 1, of new connections that are dropped while so many others have not logged in. Dropping by chance lets
 * some honest clients through while somebody floods the door, which a hard limit does not.
 */
export function dropShare({ start, rate, full }: Startups, strangers: number): number {
  if (strangers < start) return 0;
  if (strangers >= full) return 1;
  return (rate + ((100 - rate) * (strangers - start)) / (full - start)) / 100;
}
