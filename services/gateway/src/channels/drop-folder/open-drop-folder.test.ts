import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addFeed } from '@rosterport/access';
import { inTransaction } from '@rosterport/database';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { doorUnderTest, until, type Account } from '../sftp/test/door-under-test.ts';
import { openDropFolder, type DropFolder } from './open-drop-folder.ts';

const door = doorUnderTest();
const folder = join(door.folder, 'drop');
let account: Account;
let dropFolder: DropFolder;

beforeAll(async () => {
  account = await door.account('acme');
  dropFolder = await openDropFolder(door.context, { folder, settleSeconds: 0.2, limitBytes: 1_000_000 });
});
afterAll(() => dropFolder.close());

describe('a file in the drop folder', () => {
  test('becomes one job of its tenant and is removed', async () => {
    await until(() => dropFolder.ready);
    const path = join(folder, 'acme', 'users.csv');
    await writeFile(path, 'x'.repeat(600_000));
    await until(async () => (await door.jobs(account)).length > 0 && !existsSync(path));
    expect(await door.jobs(account)).toMatchObject([{ file_name: 'users.csv', state: 'staged', size: 600_000 }]);
    const { rows } = await door.database.db.pool.query('select channel, credential_id from jobs');
    expect(rows).toEqual([{ channel: 'drop-folder', credential_id: null }]);
  });

  test.each([
    ['of an unknown account', 'nobody', 10, 'There is no tenant here by that name.'],
    ['that is too large', 'acme', 1_000_001, 'The file is larger than the 1000000 bytes that are allowed here.'],
  ])('%s goes to `refused` with the reason', async (_story, name, size, sentence) => {
    const before = await door.jobs(account);
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'bad.csv'), 'x'.repeat(size));
    const refused = join(folder, name, 'refused', 'bad.csv');
    await until(() => existsSync(refused));
    expect(await readFile(`${refused}.txt`, 'utf8')).toContain(sentence);
    expect(await door.jobs(account)).toEqual(before);
  });

  test.each<[string, object]>([
    ['full', { feed: 'default', mode: 'full', dry_run: false, folder: '/full' }],
    ['test', { feed: 'default', mode: 'delta', dry_run: true, folder: '/test' }],
    ['feeds/weekly', { feed: 'weekly', mode: 'full', dry_run: false, folder: '/feeds/weekly' }],
    ['feeds/weekly/delta', { feed: 'weekly', mode: 'delta', dry_run: false, folder: '/feeds/weekly/delta' }],
  ])('in %s is what the folder says', async (name, said) => {
    const who = await door.account(`of-${name.replaceAll('/', '-')}`);
    await inTransaction(door.database.db, (tx) => addFeed(tx, { tenantId: who.tenant.id, name: 'weekly', mode: 'full' }));
    const path = join(folder, who.tenant.name, name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'users.csv'), 'content');
    const { mtime } = await stat(join(path, 'users.csv'));
    await until(async () => (await door.jobs(who)).length === 1);
    expect(await door.jobs(who)).toMatchObject([{ ...said, file_modified_at: mtime }]);
  });

  test('in the folder of a feed that is none is refused', async () => {
    const path = join(folder, 'acme', 'feeds', 'nightly');
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'users.csv'), 'content');
    await until(() => existsSync(join(path, 'refused', 'users.csv.txt')));
    expect(await readFile(join(path, 'refused', 'users.csv.txt'), 'utf8')).toContain('There is no feed here by that name.');
  });

  test('of a tenant that came later is taken', async () => {
    const later = await door.account('later');
    await mkdir(join(folder, 'later'));
    await writeFile(join(folder, 'later', 'users.csv'), 'content');
    await until(async () => (await door.jobs(later)).length === 1);
    expect(await door.jobs(later)).toMatchObject([{ file_name: 'users.csv', size: 7 }]);
  });
});
