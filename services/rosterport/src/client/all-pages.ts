import type { Page } from '@rosterport/domain';

const largestPage = 1_000;

/** The items of a list, page by page as they are taken, `most` of them at most. */
export async function* allPages<Item>(
  most: number,
  page: (query: { readonly limit: number; readonly cursor: string | undefined }) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | undefined;
  let left = most;
  do {
    const { items, next } = await page({ limit: Math.min(left, largestPage), cursor });
    yield* items;
    left -= items.length;
    cursor = next ?? undefined;
  } while (cursor !== undefined && left > 0);
}
