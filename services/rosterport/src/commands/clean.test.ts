import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { addTenant } from '@rosterport/access';
import { withClient } from '@rosterport/database';
import { migrateWakeUps, noteEvent } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { typeCommand, type Typed } from './testing/type-command.ts';

const database = testDatabase();
const folder = temporaryFolder();
const clean = (dataDir: string, ...typed: string[]): Promise<Typed> =>
  typeCommand(['clean', ...typed], { env: { DATABASE_URL: database.url, ROSTERPORT_DATA_DIR: dataDir, ROSTERPORT_KEEP_EVENTS: '1d' } });

test('clean removes what was kept long enough, and tells how much', async () => {
  const dataDir = join(folder, 'data');
  for (const name of ['inbox', 'kept', 'damaged']) mkdirSync(join(dataDir, 'staging', name), { recursive: true });
  await migrateWakeUps(database.db);
  const { tenant } = await addTenant(database.db, { name: 'acme' });
  const oldEvents = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) await noteEvent(database.db.pool, { tenantId: tenant.id, kind: 'feedChanged' });
    await database.db.knex('events').update({ at: new Date(Date.now() - 2 * 86_400_000) });
  };
  await oldEvents(3);
  expect(await clean(dataDir)).toEqual({ code: 0, out: 'Removed events: 3.\n', err: '' });
  expect(await clean(dataDir)).toEqual({ code: 0, out: 'There was nothing to remove.\n', err: '' });
  await oldEvents(1);
  const { out } = await clean(dataDir, '--json');
  const none = { files: 0, damagedFiles: 0, rowResults: 0, plannedChanges: 0, journalEntries: 0 };
  expect(JSON.parse(out)).toEqual({ ...none, events: 1 });

  // While another process is at it.
  await withClient(database.db, async (client) => {
    await client.query(`select pg_advisory_lock(hashtextextended('retention', 0))`);
    expect(await clean(dataDir)).toMatchObject({ code: 6, out: '' });
    await client.query(`select pg_advisory_unlock(hashtextextended('retention', 0))`);
  });
});

test('clean on another machine than that of the files does nothing', async () => {
  const { code, err } = await clean(join(folder, 'elsewhere'));
  expect(code).toBe(4);
  expect(err).toContain('There is no staging area');
});
