import { describe, expect, test } from '@jest/globals';
import { noChanges, noCounts, nothingRemoved, type Counts, type FeedId, type JobId, type SourceId, type TenantId } from '@rosterport/domain';
import type { LedgerJob } from '@rosterport/jobs';
import { countProblems } from './check-outcome.ts';

const at = '2026-11-21T10:00:00.000Z';

function job(counts: Partial<Counts>, details: Partial<LedgerJob> = {}): LedgerJob {
  return {
    ...{ id: 'j' as JobId, tenantId: 't' as TenantId, feedId: 'f' as FeedId, sourceId: 's' as SourceId, credentialId: null },
    ...{ state: 'applied', kind: 'file', fileName: 'measured.csv', channel: 'drop-folder', feed: 'default', mode: 'delta', dryRun: false },
    ...{ receivedAt: at, sealedAt: at, finishedAt: at, size: 1, sha256: '', attempts: 1, failure: null, folder: null, fileModifiedAt: null, approval: null, fingerprint: null, reverts: null, revertedBy: null, removed: nothingRemoved },
    ...{ changes: noChanges, issues: [] },
    counts: { ...noCounts, ...counts },
    ...details,
  };
}

describe('the job of the measured file', () => {
  test.each([
    ['created all', { created: 200 }],
    ['updated what changed', { updated: 2, unchanged: 198 }],
    ['rejected what is wrong', { unchanged: 160, rejected: 40 }],
  ])('is right when it %s', (_what, counts) => {
    expect(countProblems({ job: job(counts), counts: { ...noCounts, ...counts } })).toEqual([]);
  });

  test.each([
    ['lost a row', job({ created: 199 }), ['199 rows created instead of 200', '199 counted rows instead of 200']],
    ['rejected a row', job({ created: 199, rejected: 1 }), ['1 rows rejected instead of 0', '199 rows created instead of 200']],
    ['needed another try', job({ created: 200 }, { attempts: 2 }), ['it took 2 tries']],
    [
      'failed',
      job({ created: 200 }, { state: 'failed', failure: { code: 'unexpected', message: '' } }),
      ['the job is failed (unexpected)'],
    ],
  ])('is wrong when it %s', (_what, wrong, problems) => {
    expect(countProblems({ job: wrong, counts: { ...noCounts, created: 200 } })).toEqual(problems);
  });
});
