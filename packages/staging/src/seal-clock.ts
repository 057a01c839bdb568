import type { Clock } from '@rosterport/runtime';

/** Gives the moments of sealing: ISO 8601 in UTC with six decimals, each later than the one before. */
export type SealClock = () => string;

/**
 * A seal clock that begins after `latest` (such a moment, or `null`), so that the order of sealing survives a restart
 * and a clock that was set back. Seals within one millisecond differ by microseconds.
 */
export function sealClock(clock: Clock, latest: string | null): SealClock {
  // Microseconds since 1970 are whole numbers for the next two centuries.
  let last = latest === null ? 0 : microseconds(latest);
  return () => {
    last = Math.max(clock.now().getTime() * 1000, last + 1);
    const whole = new Date(Math.floor(last / 1000)).toISOString();
    return `${whole.slice(0, -1)}${String(last % 1000).padStart(3, '0')}Z`;
  };
}

function microseconds(moment: string): number {
  const decimals = /\.\d{3}(\d{3})Z$/.exec(moment)?.[1] ?? '0';
  return Date.parse(moment) * 1000 + Number(decimals);
}
