const longestName = 31;

/**
 * Gives out names for the sheets of one workbook: legal (at most 31 characters, none of `[ ] : * ? / \`, no control
 * character, no quote at either end, not the reserved `History`), and none twice, compared without case.
 */
export function sheetNames(): (wanted: string) => string {
  const taken = new Set(['history']);
  return (wanted) => {
    const legal = legalName(wanted);
    let name = legal;
    for (let turn = 2; taken.has(name.toLowerCase()); turn += 1) {
      const ending = ` (${turn})`;
      name = cut(legal, longestName - ending.length) + ending;
    }
    taken.add(name.toLowerCase());
    return name;
  };
}

function legalName(wanted: string): string {
  const clean = wanted.replace(/[[\]:*?/\\]|[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '_').trim();
  const name = cut(clean, longestName).replace(/^'|'$/g, '_');
  return name === '' ? 'Sheet' : name;
}

/** Cuts a text, but no surrogate pair. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
