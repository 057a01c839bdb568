import type { Clock } from '@rosterport/runtime';

/** Gives the moments of sealing: ISO 8601 in UTC with six decimals, each later than the one before. */
export type SealClock = () => string;

/**
 * A seal clock that begins after `latest` (such a moment, or `null`), so that the order of sealing survives a restart
 * and a clock that was set back. Seals within one millisecond differ by microseconds.
 */
export function sealClock(clock: Clock, latest: string | null): SealClock {
  let last = latest === null ? 0n : microseconds(latest);
  return () => {
    const now = BigInt(clock.now().getTime()) * 1000n;
    last = now > last ? now : last + 1n;
    const whole = new Date(Number(last / 1000n)).toISOString();
    return `${whole.slice(0, -1)}${String(last % 1000n).padStart(3, '0')}Z`;
  };
}

function microseconds(moment: string): bigint {
  const decimals = /\.\d{3}(\d{3})Z$/.exec(moment)?.[1] ?? '0';
  return BigInt(Date.parse(moment)) * 1000n + BigInt(decimals);
}
