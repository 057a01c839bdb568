import type { Page } from '@rosterport/domain';
import { allPages } from './all-pages.ts';

/** The first items of a list, `most` of them at most, and whether the list goes on behind them. */
export async function firstItems<Item>(
  most: number,
  page: (query: { readonly limit: number; readonly cursor: string | undefined }) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly goesOn: boolean }> {
  const items: Item[] = [];
  let goesOn = false;
  const noted: typeof page = async (query) => {
    const one = await page(query);
    goesOn = one.next !== null;
    return one;
  };
  for await (const item of allPages(most, noted)) items.push(item);
  return { items, goesOn };
}
