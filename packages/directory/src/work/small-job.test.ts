import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, withClient, type Database, type PoolClient } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { checkProperty } from '../testing/check-property.ts';
import { company, domainOf, type Company } from '../testing/company.ts';
import { namedDirectory } from '../testing/named-directory.ts';
import { fileOf, randomFile, type RandomFile } from '../testing/random-files.ts';
import { staff } from '../testing/staff.ts';
import { openWork } from './open-work.ts';
import { forSmallJobs } from './small-job.ts';
import { workTableNames } from './work-tables.ts';

const at = testDatabase();

/** Has one connection, which every job gets that the one before it did not lose. */
let one: Database;
beforeAll(async () => {
  one = await openDatabase({ url: at.url, poolSize: 1 });
});
afterAll(() => one.close());

type Kind = 'small' | 'large';
const faces: Readonly<Record<Kind, (client: PoolClient) => PoolClient>> = { small: forSmallJobs, large: (client) => client };

/** A job that breaks when it has put something into the work tables. */
async function breakJob(kind: Kind): Promise<void> {
  const broken = withClient(one, async (connection) => {
    const client = faces[kind](connection);
    await client.query('begin');
    await openWork(client);
    await client.query(`insert into in_users (ordinal, external_id, valid) values (1, 'E1', true), (1, 'E1', false)`);
    await client.query('nonsense');
  });
  await expect(broken).rejects.toMatchObject({ code: '42601' });
}

interface Step {
  readonly tenant: 0 | 1;
  readonly kind: Kind;
  readonly file: RandomFile;
  /** Whether a job breaks before it. */
  readonly afterBroken: boolean;
}

const kind = fc.constantFrom<Kind>('small', 'small', 'large');
const step: fc.Arbitrary<Step> = fc.record({ tenant: fc.constantFrom(0, 1), kind, file: randomFile, afterBroken: fc.nat(4).map((n) => n === 0) });

test('jobs that follow each other on one connection, be they whose they are, end as on connections without a past', async () => {
  await checkProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
    let size: Kind = 'large';
    const reused = (): Promise<Company> => company(one, (client) => faces[size](client));
    const [places, others] = [[await reused(), await reused()] as const, [await company(at.db), await company(at.db)] as const];
    for (const { tenant, kind: next, file, afterBroken } of steps) {
      size = next;
      if (afterBroken) await breakJob(size);
      const { rows, counts, changes } = await places[tenant].run(fileOf(places[tenant], file));
      expect(await others[tenant].run(fileOf(others[tenant], file))).toMatchObject({ rows, counts, changes });
    }
    for (const tenant of [0, 1] as const) {
      const [here, there] = await Promise.all([places, others].map((all) => namedDirectory(at.db, all[tenant].tenantId, domainOf(all[tenant].tenantId))));
      expect(here).toEqual(there);
    }
  });
});

describe('work tables are empty when a job begins', () => {
  const people = 4_000;

  test.each<readonly [before: Kind, after: Kind]>([['small', 'small'], ['small', 'large'], ['large', 'small'], ['large', 'large']])('%s, then %s', async (before, after) => {
    const place = await company(one, faces[before]);
    expect((await place.run({ users: staff(people) })).counts.created).toBe(people);
    const left = await withClient(one, async (connection) => {
      const client = faces[after](connection);
      await client.query('begin');
      await openWork(client);
      const counts = [...workTableNames].map((name) => `(select count(*) from pg_temp.${name})`);
      const { rows } = await client.query(`select ${counts.join(' + ')} as rows, pg_relation_size('in_users')::int as bytes`);
      await client.query('commit');
      return rows[0] as unknown;
    });
    // What many people took is given back, too.
    expect(left).toEqual({ rows: '0', bytes: 0 });
  });
});
