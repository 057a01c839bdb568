/** How many ids a finding names at most. */
const most = 10;

/** The first ids of a longer list in words: `E1, E2`, or the first ten of them and how many more there are. */
export function firstFew(ids: readonly string[]): string {
  const more = ids.length > most ? ` and ${ids.length - most} more` : '';
  return ids.slice(0, most).join(', ') + more;
}
