import { expect, test } from '@jest/globals';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { checkProperty } from '../testing/check-property.ts';
import { company, domainOf } from '../testing/company.ts';
import { namedDirectory } from '../testing/named-directory.ts';
import { mergedDeltas, randomDeltas } from '../testing/random-deltas.ts';
import { fileOf } from '../testing/random-files.ts';

const at = testDatabase();

test('deltas in their order make what one full file of all they say makes, also after some of them', async () => {
  await checkProperty(fc.tuple(randomDeltas, fc.nat(5)), async ([deltas, some]) => {
    const [one, other] = [await company(at.db), await company(at.db)];
    for (const delta of deltas) {
      const { counts } = await one.run(fileOf(one, delta));
      expect(counts.rejected + counts.skipped).toBe(0);
    }
    for (const delta of deltas.slice(0, some)) await other.run(fileOf(other, delta));
    await other.run(fileOf(other, { ...mergedDeltas(deltas), mode: 'full' }));
    expect(await namedDirectory(at.db, other.tenantId, domainOf(other.tenantId))).toEqual(
      await namedDirectory(at.db, one.tenantId, domainOf(one.tenantId)),
    );
  });
});
