import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { put, removeDataDir, startProduct, withSftp, type Product } from '@rosterport/journeys';
import { guests, strangers, type Loris } from './loris.ts';
import { feltBy } from './others.ts';

const each = 8;

let product: Product;
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

describe('slow clients', () => {
  beforeAll(async () => {
    const env = { ROSTERPORT_LOGIN_GRACE: '3s', ROSTERPORT_IDLE: '4s', ROSTERPORT_STALL: '3s' };
    product = await startProduct({ env });
  });

  test.each([
    ['before they log in', strangers],
    ['after they have logged in', guests],
  ])('eight at each stage %s are cut, and meanwhile others log in and upload as ever', async (when, stages) => {
    const what = Object.keys(stages).join('; ');
    const felt = await feltBy(product, `${each} clients at each stage ${when} (${what})`, async () => {
      const begun = Object.values(stages).flatMap((begin) => Array.from({ length: each }, () => begin(product)));
      const held: readonly Loris[] = await Promise.all(begun);
      try {
        await withSftp(product, (sftp) => put(sftp, '/incoming/beside.csv', Buffer.from('no;header\n')));
        await Promise.all(held.map(({ over }) => over));
      } finally {
        for (const loris of held) loris.leave();
      }
    });
    expect(felt.answered).toBeGreaterThan(0);
    expect(felt.grownMiB).toBeLessThan(64);
  });
});
