import type { GuardLimits } from '@rosterport/domain';

const switches: readonly string[] = ['swappedIds', 'renamedIds', 'olderFile', 'unreadableIds', 'missingLineEnd'];

/**
 * Reads one `--guard`, such as `updates=75%`, `deactivations=10%,5`, `swappedIds=on` or `updates=off`, to what earlier ones
 * said. What cannot be read stays a text, and is refused with all else that is wrong with the feed.
 */
export function readGuard(text: string, before: Partial<GuardLimits> = {}): Partial<GuardLimits> {
  const [, name = text, limit = ''] = /^(\w+)=(.*)$/s.exec(text) ?? [];
  return Object.fromEntries([...Object.entries(before), [name, limitOf(name, limit)]]);
}

function limitOf(name: string, limit: string): unknown {
  if (switches.includes(name)) return limit === 'on' ? true : limit === 'off' ? false : limit;
  if (limit === 'off') return null;
  const [, percent, people] = /^(\d+(?:\.\d+)?)%(?:,(\d+))?$/.exec(limit) ?? [];
  if (percent === undefined) return limit;
  // Tenths of a per cent and the like are given in decimals, which a division would spoil.
  const share = Number((Number(percent) / 100).toFixed(6));
  return people === undefined ? { share } : { share, people: Number(people) };
}
