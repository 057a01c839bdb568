import type { DirectoryUser } from '@rosterport/domain';
import { readAll } from '../product/https-client.ts';
import type { Product } from '../product/product.ts';

/** Cells of a person's row by header; names and e-mail are made from the id where they are left out. */
export type Cells = Readonly<Record<string, string>>;

/** A CSV file of people, as an HR system writes it. */
export function peopleFile(rows: readonly (Cells & { readonly id: string })[]): string {
  const others = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !['id', 'first', 'last', 'email'].includes(name));
  const lines = rows.map((row) => {
    const { id, first = `First ${id}`, last = `Last ${id}`, email = `${id.toLowerCase()}@example.com` } = row;
    return [id, first, last, email, ...others.map((name) => row[name] ?? '')];
  });
  return [['Employee ID', 'First Name', 'Last Name', 'Email', ...others], ...lines].map((cells) => `${cells.join(';')}\n`).join('');
}

/** The rows of E1 to E and the number; `cells` are what each has besides. */
export function crew(last: number, cells: Cells = {}): readonly (Cells & { readonly id: string })[] {
  return Array.from({ length: last }, (_, index) => ({ id: `E${index + 1}`, ...cells }));
}

/** Everybody of the directory in few words, in order: `E1`, or `E2 absence` with the cause of somebody inactive. */
export async function peopleOf(product: Product): Promise<readonly string[]> {
  const users = await readAll<DirectoryUser>(product, '/v1/users');
  const shown = users.map((user) => [user.externalId ?? user.firstName, user.inactiveCause].filter((word) => word !== null).join(' '));
  return shown.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }));
}

/** The one person with that external id. */
export async function personOf(product: Product, externalId: string): Promise<DirectoryUser> {
  const [user] = await readAll<DirectoryUser>(product, `/v1/users?externalId=${externalId}`);
  if (user === undefined) throw new Error(`Nobody has the id ${externalId}.`);
  return user;
}
