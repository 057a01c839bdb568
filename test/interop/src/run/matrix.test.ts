import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hindrance } from '../case.ts';
import { cases } from '../cases/cases.ts';
import { clients } from '../clients/clients.ts';
import { runOptions } from '../run-options.ts';
import { jobsOf } from '../scene/ledger.ts';
import { presenceOf, type Presence } from '../scene/presence.ts';
import { Scene } from '../scene/scene.ts';
import { openStage, type Account, type Stage } from '../scene/stage.ts';
import { difference, readmeTable, withTable } from '../table/readme-table.ts';
import type { Results } from '../table/results.ts';

const { requireAll, resultsPath } = runOptions();
const found = new Map<string, Presence>();
for (const client of clients) found.set(client.name, await presenceOf(client));
const present = clients.filter(({ name }) => found.get(name)?.state === 'present');

/** What was shown: by client, then by case. */
const passed = new Map<string, Set<string>>(clients.map(({ name }) => [name, new Set()]));
const accounts = new Map<string, Account>();
let stage: Stage;

beforeAll(async () => {
  stage = await openStage(present);
});

afterAll(async () => {
  await stage.close();
  if (resultsPath === null) return;
  const results: Results = {
    clients: clients.map(({ name }) => {
      const presence = found.get(name);
      return { name, version: presence?.state === 'present' ? presence.version : null, passed: [...(passed.get(name) ?? [])] };
    }),
  };
  const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');
  const told = { ...results, difference: difference(readme, results), readme: withTable(readme, readmeTable(results)) };
  await mkdir(dirname(resultsPath), { recursive: true });
  await writeFile(resultsPath, `${JSON.stringify(told, null, 2)}\n`);
});

describe.each(clients)('$name', (client) => {
  const presence = found.get(client.name);
  if (presence?.state !== 'present') {
    const why = presence?.state === 'hindered' ? `this machine has no ${presence.by}` : `not installed: ${presence?.what.join(', ')}`;
    test(`is left out: ${why}`, () => {
      // What cannot be installed is no fault of whoever set up the machine.
      if (requireAll) expect(presence).toMatchObject({ state: 'hindered' });
    });
    return;
  }

  beforeAll(async () => {
    const user = client.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    accounts.set(client.name, await stage.account(user));
  });

  const playable = cases.filter((one) => hindrance(client, one) === null);

  test.each(playable)('$name: $promise', async ({ name, play }) => {
    const account = accounts.get(client.name)!;
    await play(await Scene.begin(stage, client, { account, name: name.replaceAll(' ', '-') }));
    passed.get(client.name)?.add(name);
  });
});

// What arrives late, as an empty file does that nobody writes, would be overlooked by each case alone.
test('no client left an unfinished job, and none one that is empty', async () => {
  for (const { tenantId } of accounts.values()) {
    const jobs = await jobsOf(stage.database, tenantId);
    expect(jobs.filter(({ size, state }) => size === 0 || !['applied', 'previewed'].includes(state))).toEqual([]);
  }
});
