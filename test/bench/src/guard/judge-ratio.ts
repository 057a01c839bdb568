import type { GuardCase } from './guard-cases.ts';

/** So many times worse than the committed ratio a measured one may be: machines differ, and have other work. */
const patience = 2;

/** True when the ratio is no more than twice as bad as the committed one. */
export function isGoodEnough(good: GuardCase['good'], measured: number, committed: number): boolean {
  return good === 'low' ? measured <= committed * patience : measured >= committed / patience;
}

/** One line that says how a ratio did. */
export function ratioLine({ name, good }: Pick<GuardCase, 'name' | 'good'>, measured: number, committed: number): string {
  const verdict = isGoodEnough(good, measured, committed) ? 'ok' : `more than ${patience} times worse`;
  return `${name.padEnd(14)} measured ${measured.toFixed(2).padStart(7)}  committed ${committed.toFixed(2).padStart(7)}  (${good} is good)  ${verdict}`;
}
