import { expect, test } from '@jest/globals';
import type { DirectoryUser, JobId, Page, RecordChange } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import { company, type Company } from '../testing/company.ts';
import { listChanges } from './changes.ts';
import { listUsers } from './users.ts';

const at = testDatabase();

/** The items of all pages, one after the other. */
async function everyPage<Item>(page: (cursor: { readonly cursor?: string }) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let next: string | null = null;
  do {
    const one: Page<Item> = await page(next === null ? {} : { cursor: next });
    items.push(...one.items);
    next = one.next;
  } while (next !== null);
  return items;
}

test('people and the changes that made them come in the order of their ids, on whichever page', async () => {
  const [acme, other] = [await company(at.db), await company(at.db)];
  // In the middle of each file ids go on beyond a multiple of 1,024.
  const send = async ({ run }: Company, from: number): Promise<JobId> => {
    await at.db.pool.query(`select setval('users_id_seq', ((select last_value from users_id_seq) / 1024 + 2) * 1024 - 3)`);
    const { jobId } = await run({ groups: [{ id: 'D1' }], users: [0, 1, 2, 3, 4].map((n) => ({ id: `E${from + n}`, groups: ['D1'] })) });
    return jobId;
  };
  const jobs = [await send(acme, 1), await send(other, 1), await send(acme, 6)];
  const listed = await everyPage<DirectoryUser>((cursor) => listUsers(at.db, acme.tenantId, { limit: 2, ...cursor }));
  expect(listed.map(({ externalId }) => externalId)).toEqual(Array.from({ length: 10 }, (_, n) => `E${n + 1}`));
  for (const [jobId, people] of [[jobs[0]!, listed.slice(0, 5)], [jobs[2]!, listed.slice(5)]] as const) {
    const query = { tenantId: acme.tenantId, jobId, source: 'journal', kind: 'user', limit: 2 } as const;
    const made = await everyPage<RecordChange>((cursor) => listChanges(at.db, { ...query, ...cursor }));
    expect(made).toMatchObject(people.map(({ id, externalId }) => ({ action: 'created', id, externalId, links: [{ kind: 'membership' }] })));
  }
});
