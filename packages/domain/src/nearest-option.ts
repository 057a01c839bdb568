/** The option that was probably meant: equal but for case, spaces and punctuation, else one letter away; `null` when none is. */
export function nearestOption(text: string, options: readonly string[]): string | null {
  const key = folded(text);
  const alike = options.find((option) => folded(option) === key);
  return alike ?? options.find((option) => isOneLetterAway(folded(option), key)) ?? null;
}

function folded(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** One letter more, less or other, or two neighbours exchanged; of short words too many are that near to each other. */
function isOneLetterAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < 3 || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const isExchange = short.length === long.length && short[at] === long[at + 1] && short[at + 1] === long[at];
  if (isExchange && short.slice(at + 2) === long.slice(at + 2)) return true;
  return short.slice(short.length === long.length ? at + 1 : at) === long.slice(at + 1);
}
