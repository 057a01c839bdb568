import { beforeEach, describe, expect, test } from '@jest/globals';
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
import { countedRows, noCounts, splitIssues } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { openIngest } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();

// E-mails are unique over all tenants, and the stories were written for an empty world.
beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results cascade');
});

async function tell(story: Story): Promise<void> {
  const ingest = await openIngest({ database: at.db, folder, policy: story.expected.feedPolicy });
  try {
    for (const { path, expected } of story.steps) {
      const { job, rows } = await ingest.send(path);
      expect({ failure: job.failure, state: job.state }).toEqual({ failure: null, state: expected.state });
      expect(shownFileIssues(splitIssues(job.issues).file, expected.fileIssues)).toEqual(sortedFileIssues(expected.fileIssues));
      expect(shownRows(rows)).toEqual(sortedRows(expected.rows));
      expect(job.counts).toEqual(expected.counts);
      expect(countedRows(job.counts)).toBe(rows.length);
      if (expected.changes !== undefined) expect(job.changes).toMatchObject(expected.changes);
    }
    const { users, groups } = await ingest.directory();
    expect(shownDirectory(users, groups)).toEqual(sortedDirectory(story.expected.directory));
  } finally {
    await ingest.close();
  }
}

describe('a small case', () => {
  test.each(cases().map((story) => [story.name, story] as const))('%s', (_name, story) => tell(story));
});

describe('an example of the contract', () => {
  test.each(seedExamples().map((story) => [story.name, story] as const))('%s', (_name, story) => tell(story));
});

describe('a file saved by another program', () => {
  test.each(programFiles().map((story) => [`${story.program}: ${story.name}`, story] as const))('%s', (_name, story) => tell(story));
});

describe('a bad file', () => {
  test.each(badFiles().map((file) => [file.name, file] as const))('%s', async (_name, file) => {
    const ingest = await openIngest({ database: at.db, folder });
    try {
      const { job, rows } = await ingest.send(file.path);
      const errors = splitIssues(job.issues).file.filter((found) => found.severity === 'error').map((found) => found.code);
      expect({ state: job.state, codes: [...new Set(errors)].sort() }).toEqual({ state: 'rejected', codes: [...file.codes].sort() });
      expect(job.counts).toEqual({ ...noCounts, rejected: job.counts.rejected, skipped: rows.length - job.counts.rejected });
      const { users, groups } = await ingest.directory();
      expect({ users, groups }).toEqual({ users: [], groups: [] });
    } finally {
      await ingest.close();
    }
  });
});
