import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { splitIssues, type Job, type Mode } from '@rosterport/domain';
import {
  judgementStories,
  shownDirectory,
  shownFileIssues,
  shownRows,
  sortedDirectory,
  sortedFileIssues,
  sortedRows,
  type JudgedDecision,
  type JudgedFile,
  type JudgementStory,
} from '@rosterport/fixtures';
import { rosterport, rosterportJson } from '../product/command-line.ts';
import { directoryOf, rowsOf } from '../product/https-client.ts';
import { approve, breachesOf, discard, jobIn, revert, tell } from '../product/operator.ts';
import type { Product } from '../product/product.ts';
import { sharedProduct, type SharedProduct } from '../product/shared-product.ts';
import { emptied } from '../stories.ts';

/** A file with what its sender says of it; `null` leaves it to the feed. */
export interface JudgedSending {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly mode: Mode | null;
  readonly dryRun: boolean;
  readonly feed: 'second' | null;
}

/** Sends a file through a door and gives its job once nothing goes on with it. */
export type SendJudged = (product: Product, sending: JudgedSending) => Promise<Job>;

/** No door takes a file as one of an hour ago; these are left to the tests of the processor. */
const leftOut = ['older-file'];

/** Tells the stories of modes, guards, decisions and reverts through a door, each into an empty directory; people decide over the API. */
export function tellJudgementOver(door: string, send: SendJudged): void {
  const at = sharedProduct();
  let otherToken: string;

  beforeAll(async () => {
    const { dataDir } = at.product;
    await tell(at.product, { method: 'POST', path: '/v1/admin/feeds', json: { name: 'second', source: 'files' } });
    await rosterportJson(dataDir, ['tenant', 'add', 'other']);
    otherToken = (await rosterportJson<{ token: string }>(dataDir, ['token', 'issue', '--tenant', 'other'])).token;
  });

  describe(`over ${door}`, () => {
    test('all stories are told but those of files that came earlier', () => {
      const earlier = judgementStories().filter(({ steps }) => steps.some((step) => 'file' in step && step.receivedMinutesAgo !== undefined));
      expect(earlier.map(({ name }) => name)).toEqual(leftOut);
    });

    const stories = judgementStories().filter(({ name }) => !leftOut.includes(name));
    test.each(stories.map((story) => [story.name, story] as const))('the story %s', async (_name, story) => {
      await emptied(at.database, story.feedPolicy);
      if (story.otherCompany !== undefined) {
        const path = join(story.folder, story.otherCompany);
        expect(await rosterport(at.product.dataDir, ['send', path], { env: { ROSTERPORT_TOKEN: otherToken } })).toMatchObject({ code: 0 });
      }
      await tellStory(at, story, send);
    });
  });
}

async function tellStory({ product }: SharedProduct, story: JudgementStory, send: SendJudged): Promise<void> {
  const jobs: string[] = [];
  for (const step of story.steps) {
    if ('enable' in step) {
      await tell(product, { method: 'PATCH', path: '/v1/admin/feeds/default', json: { enabled: step.enable } });
    } else if ('define' in step) {
      const { name, ...json } = step.define;
      await tell(product, { method: 'PUT', path: `/v1/admin/attributes/${name}`, json });
    } else if ('file' in step) {
      const { file, mode = null, dryRun = false, feed = null } = step;
      const job = await send(product, { fileName: file, bytes: await readFile(join(story.folder, file)), mode, dryRun, feed });
      jobs.push(job.id);
      await seeFile(product, job, step);
    } else {
      see(await decide(product, step, jobs), step);
    }
  }
  const { users, groups } = await directoryOf(product);
  expect(shownDirectory(users, groups)).toEqual(sortedDirectory(story.directory));
}

async function seeFile(product: Product, job: Job, step: JudgedFile): Promise<void> {
  see(job, step);
  expect({ counts: job.counts, dryRun: job.dryRun }).toEqual({ counts: step.counts, dryRun: step.dryRun ?? false });
  if (step.mode !== undefined) expect(job.mode).toBe(step.mode);
  expect(shownRows(await rowsOf(product, job.id))).toEqual(sortedRows(step.rows));
}

function see(job: Job, { state, guards = [], changes, fileIssues }: Pick<JudgedDecision, 'state' | 'guards' | 'changes' | 'fileIssues'>): void {
  expect({ failure: job.failure, state: job.state, guards: breachesOf(job) }).toEqual({ failure: null, state, guards });
  if (changes !== undefined) expect(job.changes).toMatchObject(changes);
  if (fileIssues !== undefined) expect(shownFileIssues(splitIssues(job.issues).file, fileIssues)).toEqual(sortedFileIssues(fileIssues));
}

function decide(product: Product, step: JudgedDecision, jobs: readonly string[]): Promise<Job> {
  const job = (number: number): string => {
    const id = jobs[number - 1];
    if (id === undefined) throw new TypeError(`The story has no job ${number}.`);
    return id;
  };
  if ('look' in step) return jobIn(product, job(step.look), step.state);
  if ('revert' in step) return revert(product, job(step.revert));
  if ('discard' in step) return discard(product, job(step.discard));
  return approve(product, job(step.approve), step.override);
}
