import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Database } from '@rosterport/database';
import { defaultFeedPolicy, splitIssues, type Job, type Page } from '@rosterport/domain';
import {
  badFiles,
  cases,
  programFiles,
  seedExamples,
  shownDirectory,
  shownFileIssues,
  shownRows,
  sortedDirectory,
  sortedFileIssues,
  sortedRows,
  type Story,
} from '@rosterport/fixtures';
import { directoryOf, finishedJob, read, rowsOf } from './product/https-client.ts';
import type { Product } from './product/product.ts';
import { sharedProduct } from './product/shared-product.ts';

/** Sends a file through a door and gives its job's end. */
export type Send = (product: Product, fileName: string, bytes: Buffer) => Promise<Job>;

/** A few rows are deleted sooner than the files of these tables and their indexes are made anew and synced, as `truncate` does. */
const emptying = ['memberships', 'manager_facts', 'users', 'groups', 'attribute_definitions', 'claims', 'journal', 'row_results']
  .concat('planned_changes', 'removals', 'jobs')
  .map((table) => `delete from ${table};`)
  .join('\n');

/** Empties the directory and the ledger, and gives the feeds their policy as if they were new; tenants and tokens stay. */
export async function emptied(database: Database, policy: Story['expected']['feedPolicy'] = {}): Promise<void> {
  await database.pool.query(emptying);
  await database.knex('feeds').update({
    ...{ policy: JSON.stringify({ ...defaultFeedPolicy, ...policy }), mode: 'delta' },
    ...{ enabled: true, matches_by_email: false },
  });
}

/** Tells every story and sends every bad file through a door, each into an empty directory. */
export function tellStoriesOver(door: string, send: Send): void {
  const at = sharedProduct();
  const stories = [...cases(), ...seedExamples(), ...programFiles()].map((story) => [story.name, story] as const);
  const bad = badFiles().map((file) => [file.name, file] as const);

  describe(`over ${door}`, () => {
    test.each(stories)('the story %s', async (_name, story) => {
      await emptied(at.database, story.expected.feedPolicy);
      await tellStory(at.product, story, send);
    });

    describe('bad files', () => {
      beforeEach(() => emptied(at.database));
      test.each(bad)('%s', (_name, file) => refuseFile(at.product, file, send));
    });
  });
}

/** Sends the files of a story one after the other and holds reports and directory against the expectation. */
async function tellStory(product: Product, story: Story, send: Send): Promise<void> {
  for (const { path, expected } of story.steps) {
    const job = await send(product, basename(path), await readFile(path));
    expect({ state: job.state, counts: job.counts }).toEqual({ state: expected.state, counts: expected.counts });
    expect(shownFileIssues(splitIssues(job.issues).file, expected.fileIssues)).toEqual(sortedFileIssues(expected.fileIssues));
    expect(shownRows(await rowsOf(product, job.id))).toEqual(sortedRows(expected.rows));
    if (expected.changes !== undefined) expect(job.changes).toMatchObject(expected.changes);
  }
  const { users, groups } = await directoryOf(product);
  expect(shownDirectory(users, groups)).toEqual(sortedDirectory(story.expected.directory));
}

/** Sends a bad file and expects it to be refused as a whole, for exactly its reasons. */
async function refuseFile(product: Product, file: ReturnType<typeof badFiles>[number], send: Send): Promise<void> {
  const job = await send(product, basename(file.path), await readFile(file.path));
  const errors = splitIssues(job.issues).file.filter((found) => found.severity === 'error').map((found) => found.code);
  expect({ state: job.state, codes: [...new Set(errors)].sort() }).toEqual({ state: 'rejected', codes: [...file.codes].sort() });
  expect(await directoryOf(product)).toEqual({ users: [], groups: [] });
}

/** The one job that the product did not have before, once it has ended. An empty file gets its job a moment after the upload. */
export async function newJob(product: Product, known: ReadonlySet<string>): Promise<Job> {
  for (;;) {
    const { items } = await read<Page<Job>>(product, '/v1/jobs');
    const fresh = items.filter((job) => !known.has(job.id));
    expect(fresh.length).toBeLessThanOrEqual(1);
    if (fresh[0] !== undefined) return finishedJob(product, fresh[0].id);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The ids of all jobs. */
export async function jobIds(product: Product): Promise<ReadonlySet<string>> {
  const { items } = await read<Page<Job>>(product, '/v1/jobs');
  return new Set(items.map((job) => job.id));
}
