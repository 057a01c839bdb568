import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { listCredentials } from '@rosterport/access';
import type { TenantId } from '@rosterport/domain';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { firstRun, type FirstRun } from './first-run.ts';

const database = testDatabase();
const dataDir = temporaryFolder();
const path = join(dataDir, 'first-run.json');
const ports = { sftpPort: 2222, httpsPort: 8443 };

const start = () => firstRun(database.db, dataDir, ports);
const written = () => JSON.parse(readFileSync(path, 'utf8')) as FirstRun;

/** What the credentials of the demo tenant may do, in the order in which they were made. */
async function scopesGiven(): Promise<readonly string[]> {
  const tenant = await database.db.knex('tenants').first<{ id: TenantId }>('id');
  return (await listCredentials(database.db, tenant.id)).map(({ name, scopes }) => `${name}: ${scopes.join(' ')}`).sort();
}

const operator = 'first run: operator: reports directory decide edit admin';
const others = ['first run: reports: reports directory', 'first run: upload: upload'];

afterEach(() => {
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('the first start issues a token for each purpose', async () => {
  expect(await start()).toEqual({ facts: written(), isNew: true });
  expect(await scopesGiven()).toEqual([operator, ...others]);
});

test('a later start gives the same facts', async () => {
  const facts = written();
  expect(await start()).toEqual({ facts, isNew: false });
  expect(await scopesGiven()).toEqual([operator, ...others]);
});

test('a file without an operator token gets one, and only once', async () => {
  const { operatorToken, ...older } = written();
  writeFileSync(path, JSON.stringify(older));
  const first = await start();
  const second = await start();
  expect(second).toEqual(first);
  expect(first).toEqual({ facts: { ...older, operatorToken: written().operatorToken }, isNew: false });
  expect(written().operatorToken).not.toBe(operatorToken);
  expect(await scopesGiven()).toEqual([operator, operator, ...others]);
});

test('a file whose tenant is not in the database stays as it is', async () => {
  const { operatorToken, ...older } = { ...written(), tenant: 'gone' };
  writeFileSync(path, JSON.stringify(older));
  expect(operatorToken).toMatch(/^rp_/);
  expect(await start()).toEqual({ facts: older, isNew: false });
  expect(written()).toEqual(older);
});
