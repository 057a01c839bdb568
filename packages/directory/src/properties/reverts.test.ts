import { expect, test } from '@jest/globals';
import type { JobId } from '@rosterport/domain';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { checkProperty } from '../testing/check-property.ts';
import { company } from '../testing/company.ts';
import { countedChanges } from '../testing/counted-changes.ts';
import { dump, type Dump } from '../testing/dump.ts';
import { journalOf, replay, told, toldOf } from '../testing/journal-replay.ts';
import { fileOf, randomFile } from '../testing/random-files.ts';
import { revertJob } from '../testing/revert-job.ts';
import { faultsOf } from '../testing/soundness.ts';

const at = testDatabase();
const files = fc.array(randomFile, { minLength: 1, maxLength: 4 });

test('a revert restores the directory exactly, its revert applies the file again, and so on', async () => {
  await checkProperty(files, async (sequence) => {
    const place = await company(at.db);
    const { tenantId } = place;
    for (const file of sequence) {
      const before = await dump(at.db, tenantId);
      let { jobId } = await place.run(fileOf(place, file));
      const after = await dump(at.db, tenantId);
      for (const expected of [before, after, before, after]) {
        const back = await revertJob(at.db, tenantId, jobId);
        jobId = back.jobId;
        expect(await dump(at.db, tenantId)).toEqual(expected);
        expect(back.kept).toBe(0);
      }
    }
  });
});

test('files that are undone one by one, the last first, leave what was there before each', async () => {
  await checkProperty(files, async (sequence) => {
    const place = await company(at.db);
    const { tenantId } = place;
    const steps: { before: Dump; jobId: JobId }[] = [];
    for (const file of sequence) {
      const before = await dump(at.db, tenantId);
      steps.push({ before, jobId: (await place.run(fileOf(place, file))).jobId });
    }
    for (const { before, jobId } of steps.reverse()) {
      expect((await revertJob(at.db, tenantId, jobId)).kept).toBe(0);
      expect(await dump(at.db, tenantId)).toEqual(before);
    }
  });
});

/** A file, or the revert of one of the jobs before it. */
const step = fc.oneof({ weight: 3, arbitrary: randomFile }, { weight: 2, arbitrary: fc.nat() });

test('whatever is sent and undone in whatever order: the directory stays sound, and is what its journal tells and goes on telling', async () => {
  await checkProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
    const place = await company(at.db);
    const { tenantId } = place;
    const open: JobId[] = [];
    let before: readonly string[] = [];
    for (const one of steps) {
      const [target] = typeof one === 'number' ? open.splice(one % Math.max(open.length, 1), 1) : [];
      if (typeof one === 'number' && target === undefined) continue;
      const ran = typeof one === 'number' ? await revertJob(at.db, tenantId, target!) : await place.run(fileOf(place, one));
      open.push(ran.jobId);
      const now = await dump(at.db, tenantId);
      expect(faultsOf(now)).toEqual([]);
      const journal = await journalOf(at.db, tenantId);
      expect(replay(journal)).toEqual(told(now));
      const all = await toldOf(at.db, tenantId);
      expect(all.slice(0, before.length)).toEqual(before);
      before = all;
      expect(ran.changes).toMatchObject(countedChanges(journal.filter(({ job }) => job === ran.jobId)));
    }
  });
});
