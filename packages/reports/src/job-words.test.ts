import { expect, test } from '@jest/globals';
import { changesNotice } from './job-words.ts';
import { sampleJob } from './sample-job.ts';

const at = '2026-09-01T00:00:00.000Z';
const kept = { file: null, rows: null, journal: null };

test.each([
  ['applied', kept, null],
  ['applied', { ...kept, rows: at }, null],
  ['applied', { ...kept, rows: at, journal: at }, `of its changes only those are listed that still hold; its journal was removed at ${at}`],
  ['previewed', kept, null],
  ['previewed', { ...kept, rows: at }, 'the changes that would have been made are no longer kept'],
] as const)('a job that is %s, of which %o is no longer kept, says of its changes: %s', (state, removed, said) => {
  const notice = changesNotice({ ...sampleJob, state, removed });
  expect(notice).toEqual(said === null ? null : expect.stringContaining(said));
});
