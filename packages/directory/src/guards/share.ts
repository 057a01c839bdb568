/** A share in words, such as `12.5 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

/** A number of people in words. */
export function peopleText(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

/** A number of rows in words. */
export function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

/**
 * True when the count is more than the share of all. Divides instead of multiplying, so that a share which is written as a
 * decimal is met exactly: 29 of 100 are not more than 0.29.
 */
export function exceeds(count: number, all: number, share: number): boolean {
  return count / all > share;
}

const mostCounted = 2_147_483_647;

/** How many there must be at least for the count to be no more than the share of them; whether there are more does not matter. */
export function enoughFor(count: number, share: number): number {
  return Math.min(Math.ceil(count / share) + 1, mostCounted);
}

/** How many of all, with the share, and how many of them an earlier file of the last 24 hours accounts for. */
export function shareText(count: number, all: number, lastDay = 0): string {
  const earlier = lastDay === 0 ? '' : `, ${lastDay} of them by earlier files of the last 24 hours`;
  return `${count} of ${peopleText(all)} (${percent(count / all)}${earlier})`;
}
