import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
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
import { countedRows, splitIssues, type FeedId, type JobId } from '@rosterport/domain';
import { approveJob, discardJob, revertJob, type LedgerJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openIngest, type Ended, type Ingest } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();

// E-mails are unique over all tenants, and the stories were written for an empty world.
beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results, planned_changes, events cascade');
});

test.each(judgementStories().map((story) => [story.name, story] as const))('%s', async (_name, story) => {
  if (story.otherCompany !== undefined) await sendFromElsewhere(story, story.otherCompany);
  const ingest = await openIngest({ database: at.db, folder, policy: story.feedPolicy });
  try {
    await tell(story, ingest);
    const { users, groups } = await ingest.directory();
    expect(shownDirectory(users, groups)).toEqual(sortedDirectory(story.directory));
  } finally {
    await ingest.close();
  }
});

async function sendFromElsewhere(story: JudgementStory, file: string): Promise<void> {
  const other = await openIngest({ database: at.db, folder });
  expect((await other.send(join(story.folder, file))).job.state).toBe('applied');
  await other.close();
}

async function tell(story: JudgementStory, ingest: Ingest): Promise<void> {
  const { tenant, feed } = ingest;
  const second = { id: randomUUID() as FeedId, tenant_id: tenant.id, source_id: feed.sourceId, name: 'second', policy: '{}' };
  await at.db.knex('feeds').insert(second);
  const jobs: JobId[] = [];
  for (const step of story.steps) {
    if ('enable' in step) {
      const change = step.enable ? { enabled: true, matches_by_email: true } : { enabled: false };
      await at.db.knex('feeds').where({ id: feed.id }).update(change);
    } else if ('define' in step) {
      const { name, type, options, required } = step.define;
      await at.db.knex('attribute_definitions').insert({ tenant_id: tenant.id, name, type, options, required });
    } else if ('file' in step) {
      const ended = await send(ingest, { story, step, second: second.id });
      jobs.push(ended.job.id);
      seeFile(ended, step);
    } else {
      see(await decide(ingest, step, jobs), step);
    }
  }
}

async function send(
  ingest: Ingest,
  { story, step, second }: { readonly story: JudgementStory; readonly step: JudgedFile; readonly second: FeedId },
): Promise<Ended> {
  const { mode, dryRun, receivedMinutesAgo } = step;
  return ingest.sendBytes(step.file, await readFile(join(story.folder, step.file)), {
    ...(mode === undefined ? {} : { mode }),
    ...(dryRun === undefined ? {} : { dryRun }),
    ...(step.feed === undefined ? {} : { feedId: second }),
    ...(receivedMinutesAgo === undefined ? {} : { receivedAt: new Date(Date.now() - receivedMinutesAgo * 60_000) }),
  });
}

function seeFile({ job, rows }: Ended, step: JudgedFile): void {
  see(job, { ...step, fileIssues: step.fileIssues });
  expect(shownFileIssues(splitIssues(job.issues).file, step.fileIssues)).toEqual(sortedFileIssues(step.fileIssues));
  expect(shownRows(rows)).toEqual(sortedRows(step.rows));
  expect(job.counts).toEqual(step.counts);
  expect(countedRows(job.counts)).toBe(rows.length);
}

function see(job: LedgerJob, { state, guards = [], changes, fileIssues }: Pick<JudgedDecision, 'state' | 'guards' | 'changes' | 'fileIssues'>): void {
  const breached = splitIssues(job.issues).guards.map((found) => found.code);
  expect({ failure: job.failure, state: job.state, guards: breached }).toEqual({ failure: null, state, guards });
  if (changes !== undefined) expect(job.changes).toMatchObject(changes);
  if (fileIssues !== undefined) expect(shownFileIssues(splitIssues(job.issues).file, fileIssues)).toEqual(sortedFileIssues(fileIssues));
}

async function decide(ingest: Ingest, step: JudgedDecision, jobs: readonly JobId[]): Promise<LedgerJob> {
  const by = (number: number): Parameters<typeof discardJob>[1] => {
    const jobId = jobs[number - 1];
    if (jobId === undefined) throw new TypeError(`The story has no job ${number}.`);
    return { tenantId: ingest.tenant.id, jobId, credentialId: null };
  };
  if ('look' in step) return (await ingest.settle(by(step.look).jobId)).job;
  if ('revert' in step) return (await ingest.settle((await revertJob(at.db, by(step.revert))).id)).job;
  if ('discard' in step) return (await ingest.settle((await discardJob(at.db, by(step.discard))).id)).job;
  const { fingerprint } = (await ingest.settle(by(step.approve).jobId)).job;
  await approveJob(at.db, { ...by(step.approve), fingerprint: fingerprint ?? '', override: step.override ?? [] });
  return (await ingest.settle(by(step.approve).jobId)).job;
}
