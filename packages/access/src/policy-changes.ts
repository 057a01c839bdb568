import type { FeedPolicy, GuardLimits } from '@rosterport/domain';

/** Parts of a policy that become others; a guard is named alone, and is replaced as a whole. */
export type PolicyChanges = Partial<Omit<FeedPolicy, 'guards'>> & { readonly guards?: Partial<GuardLimits> };

/** The policy with the changes. */
export function mergedPolicy(policy: FeedPolicy, { guards, ...rest }: PolicyChanges): FeedPolicy {
  return { ...policy, ...rest, guards: { ...policy.guards, ...guards } };
}
