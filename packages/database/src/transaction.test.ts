import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { copyIn } from './copy-in.ts';
import { openDatabase, type Database } from './database.ts';
import { inTransaction, transactionClient } from './transaction.ts';
import { withClient } from './with-client.ts';

let clone: Clone;
let db: Database;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 4 });
  await db.knex.raw('CREATE TABLE accounts (id int PRIMARY KEY, amount int)');
});
beforeEach(async () => {
  await db.knex.raw('TRUNCATE accounts');
  await db.knex('accounts').insert([{ id: 1, amount: 0 }, { id: 2, amount: 0 }]);
});
afterAll(async () => {
  await db.close();
  await clone.drop();
});

const amounts = (): Promise<number[]> => db.knex('accounts').orderBy('id').pluck('amount') as Promise<number[]>;

test('everything is kept, and the value given back', async () => {
  const value = await inTransaction(db, async (tx) => {
    await tx('accounts').update({ amount: 5 });
    return 'done';
  });
  expect(value).toBe('done');
  expect(await amounts()).toEqual([5, 5]);
});

test('nothing is kept when the work throws', async () => {
  const fault = new Error('no');
  const work = inTransaction(db, async (tx) => {
    await tx('accounts').update({ amount: 5 });
    throw fault;
  });
  await expect(work).rejects.toBe(fault);
  expect(await amounts()).toEqual([0, 0]);
});

test('COPY takes part in a transaction', async () => {
  const work = inTransaction(db, async (tx) => {
    const client = await transactionClient(tx);
    await copyIn(client, 'COPY accounts FROM STDIN', ['3\t7\n']);
    expect(await tx('accounts').pluck('id')).toEqual([1, 2, 3]);
    throw new Error('undo');
  });
  await expect(work).rejects.toThrow('undo');
  expect(await amounts()).toEqual([0, 0]);
});

test('the victim of a deadlock is tried again', async () => {
  let runs = 0;
  let waiting = 2;
  let open = (): void => undefined;
  const bothHoldOne = new Promise<void>((resolve) => (open = resolve));
  const transfer = (from: number, to: number): Promise<void> =>
    inTransaction(db, async (tx) => {
      runs++;
      await tx('accounts').where({ id: from }).decrement('amount', 1);
      if (--waiting === 0) {
        open();
      }
      await bothHoldOne;
      await tx('accounts').where({ id: to }).increment('amount', 1);
    });
  await Promise.all([transfer(1, 2), transfer(2, 1)]);
  expect(runs).toBe(3);
  expect(await amounts()).toEqual([0, 0]);
});

test('a fault that comes back is given up after four tries', async () => {
  let runs = 0;
  const work = inTransaction(db, async (tx) => {
    runs++;
    await tx.raw("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
  });
  await expect(work).rejects.toMatchObject({ code: '40001' });
  expect(runs).toBe(4);
});

test('a client goes back to the pool, and is closed when the work threw', async () => {
  const pid = async (): Promise<number> => {
    const { rows } = await db.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return rows[0]!.pid;
  };
  const kept = await withClient(db, async (client) => (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid);
  expect(await pid()).toBe(kept);
  const before = db.pool.totalCount;
  await expect(withClient(db, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(db.pool.totalCount).toBe(before - 1);
  expect(db.pool.idleCount).toBe(db.pool.totalCount);
});
