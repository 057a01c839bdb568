/** How many ids a finding names at most. */
export const mostNamed = 10;

/**
 * The first ids of a longer list in words: `E1, E2`, or the first ten of them and how many more there are. Where the list is
 * not at hand, its first ten ids and how many it has do.
 */
export function firstFew(ids: readonly string[], all = ids.length): string {
  const more = all > mostNamed ? ` and ${all - mostNamed} more` : '';
  return ids.slice(0, mostNamed).join(', ') + more;
}
