import type { Feed } from './feed.ts';

/** A setting before and after. */
export interface FeedDifference {
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The settings in which two states of a feed differ, such as `mode` or `guards.updates`, in their order. */
export function feedDifferences(before: Feed, after: Feed): readonly FeedDifference[] {
  const [was, is] = [settingsOf(before), settingsOf(after)];
  return Object.keys(is)
    .map((setting) => ({ setting, before: was[setting], after: is[setting] }))
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after));
}

/** All settings by name, guards each by itself. Whether people are matched by e-mail follows from the others. */
function settingsOf({ source, mode, enabled, policy: { guards, ...policy } }: Feed): Readonly<Record<string, unknown>> {
  const limits = Object.entries(guards).map(([name, limit]) => [`guards.${name}`, limit] as const);
  return { source, mode, enabled, ...policy, ...Object.fromEntries(limits) };
}
