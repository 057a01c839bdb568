/** The name that needs the fewest single-letter edits to become the given one; `null` when there are no names. */
export function nearestName(name: string, names: readonly string[]): string | null {
  let best: { readonly name: string; readonly edits: number } | null = null;
  for (const candidate of names) {
    const edits = editsBetween(name, candidate);
    if (best === null || edits < best.edits) best = { name: candidate, edits };
  }
  return best?.name ?? null;
}

/** The Levenshtein distance, row by row. */
function editsBetween(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
