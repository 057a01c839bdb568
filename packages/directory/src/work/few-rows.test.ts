import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, withClient, type Database } from '@rosterport/database';
import { testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { checkProperty } from '../testing/check-property.ts';
import { company, domainOf, type Company } from '../testing/company.ts';
import { namedDirectory } from '../testing/named-directory.ts';
import { fileOf, randomFile, type RandomFile } from '../testing/random-files.ts';
import { staff } from '../testing/staff.ts';
import { closeWork, openWork } from './open-work.ts';

const at = testDatabase();

/** Has one connection, which every job gets that the one before it did not lose. */
let one: Database;
beforeAll(async () => {
  one = await openDatabase({ url: at.url, poolSize: 1 });
});
afterAll(() => one.close());

type Kind = 'few' | 'many';
const rowsOf: Readonly<Record<Kind, number>> = { few: 1, many: Number.POSITIVE_INFINITY };

/** A job that breaks when it has put something into the work tables. */
async function breakJob(): Promise<void> {
  const broken = withClient(one, async (client) => {
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

const kind = fc.constantFrom<Kind>('few', 'few', 'many');
const step: fc.Arbitrary<Step> = fc.record({ tenant: fc.constantFrom(0, 1), kind, file: randomFile, afterBroken: fc.nat(4).map((n) => n === 0) });

test('jobs that follow each other on one connection, be they whose they are, end as on connections without a past', async () => {
  await checkProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
    let rows = 0;
    const reused = (): Promise<Company> => company(one, () => rows);
    const large = (): Promise<Company> => company(at.db, () => rowsOf.many);
    const [places, others] = [[await reused(), await reused()] as const, [await large(), await large()] as const];
    for (const { tenant, kind: next, file, afterBroken } of steps) {
      rows = rowsOf[next];
      if (afterBroken) await breakJob();
      const { rows: results, counts, changes } = await places[tenant].run(fileOf(places[tenant], file));
      expect(await others[tenant].run(fileOf(others[tenant], file))).toMatchObject({ rows: results, counts, changes });
    }
    for (const tenant of [0, 1] as const) {
      const [here, there] = await Promise.all([places, others].map((all) => namedDirectory(at.db, all[tenant].tenantId, domainOf(all[tenant].tenantId))));
      expect(here).toEqual(there);
    }
  });
});

const people = 10_000;

test('a job that follows one of many rows has the same work tables as the one before', async () => {
  const indexes = (): Promise<readonly unknown[]> =>
    withClient(one, async (client) => {
      await client.query('begin');
      await openWork(client);
      const { rows } = await client.query<{ definition: string }>(
        `select pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = 'pg_temp.plan_users'::regclass order by 1`,
      );
      await client.query('commit');
      return rows;
    });
  const before = await indexes();
  await (await company(one)).run({ users: staff(people) });
  expect(await indexes()).toEqual(before);
});

describe('of a job of many rows nothing is left', () => {
  test.each([{ what: 'when the next one begins', clear: openWork }, { what: 'when it is closed', clear: closeWork }])('$what', async ({ clear }) => {
    const place = await company(one);
    expect((await place.run({ users: staff(people) })).counts.created).toBe(people);
    const left = await withClient(one, async (client) => {
      await client.query('begin');
      await clear(client);
      const { rows } = await client.query(`select (select count(*)::int from in_users) as rows, pg_relation_size('in_users')::int as bytes`);
      await client.query('commit');
      return rows[0] as unknown;
    });
    expect(left).toEqual({ rows: 0, bytes: 0 });
  });
});
