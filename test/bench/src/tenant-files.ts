import { generateLarge } from '@rosterport/fixtures';

/** The files of a tenant, each a text in pieces. */
export interface TenantFiles {
  readonly groups: readonly string[];
  /** What the directory is to hold. */
  readonly before: AsyncIterable<string>;
  /** The same people; some of them have changed. */
  readonly after: AsyncIterable<string>;
  readonly changed: number;
}

const seed = 20_261_122;

/** Makes the files of the tenant with the number; e-mails are a tenant's own, since no two may share one. */
export function tenantFiles(number: number, users: number, changedShare: number): TenantFiles {
  const groups = Math.max(1, Math.min(400, Math.ceil(users / 50)));
  const [before, after] = [0, changedShare].map((share) => generateLarge({ seed, users, groups, changedShare: share })) as [Large, Large];
  return {
    groups: [before.groups],
    before: withDomain(before.users, number),
    after: withDomain(after.users, number),
    changed: after.changed,
  };
}

type Large = ReturnType<typeof generateLarge>;

/** May be read more than once, as what it is made of. */
function withDomain(text: AsyncIterable<string>, number: number): AsyncIterable<string> {
  async function* pieces(): AsyncGenerator<string> {
    for await (const piece of text) yield piece.replaceAll('@', `@t${number}.`);
  }
  return { [Symbol.asyncIterator]: pieces };
}
