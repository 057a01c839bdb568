/** A text longer than this is cut in a finding anyway. */
const mostCharacters = 250;

/**
 * The groups that would be above themselves, each with the whole circle as a text. `parents` holds the parent of each group
 * of the file; a parent that is not in the file ends the way upwards.
 */
export function findGroupCycles(parents: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const circles = new Map<string, string>();
  const settled = new Set<string>();
  for (const start of parents.keys()) {
    const way: string[] = [];
    const onWay = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !settled.has(at) && !onWay.has(at)) {
      way.push(at);
      onWay.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && onWay.has(at)) {
      for (const member of way.slice(way.indexOf(at))) circles.set(member, circleFrom(member, parents));
    }
    for (const passed of way) settled.add(passed);
  }
  return circles;
}

function circleFrom(start: string, parents: ReadonlyMap<string, string>): string {
  let text = start;
  let at = parents.get(start);
  while (at !== undefined && at !== start && text.length < mostCharacters) {
    text += ` < ${at}`;
    at = parents.get(at);
  }
  return `${text} < ${start}`;
}
