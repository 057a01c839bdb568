import { defaultGuardLimits, noGuards, type FeedPolicy, type GuardLimits, type GuardName } from '@rosterport/domain';
import type { UserCells } from './company.ts';

/** Rows of `E1` to `E<count>`; `change` says what a row has besides its id, if anything. */
export function staff(count: number, change: (number: number) => Partial<UserCells> = () => ({})): readonly UserCells[] {
  return Array.from({ length: count }, (_, index) => ({ id: `E${index + 1}`, ...change(index + 1) }));
}

/** A policy with no guards but those that are named, at the given limits or at those by default. */
export function onlyGuards(limits: Partial<GuardLimits>): Partial<FeedPolicy> {
  return { guards: { ...noGuards, ...limits } };
}

/** A policy with one guard, at its limit by default. */
export function onlyGuard(name: GuardName): Partial<FeedPolicy> {
  return onlyGuards({ [name]: defaultGuardLimits[name] });
}
