import { beforeEach, expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { removeOld } from './retention.ts';
import { openIngest } from './testing/ingest.ts';
import { noGuards } from '@rosterport/domain';
import { directoryFacts, replayedFacts } from './testing/provenance.ts';

const at = testDatabase();
const folder = temporaryFolder();
const day = 86_400_000;

beforeEach(async () => {
  await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results, planned_changes, events cascade');
});

const oneOf = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const person = fc.record({
  id: fc.nat(4),
  name: oneOf('Ada', 'Bo', 'Eva'),
  city: oneOf('', '#CLEAR', 'Lund', 'Malmö'),
  phone: oneOf('', '#CLEAR'),
  active: oneOf('', '0', '1'),
  group: oneOf('', 'G1', 'G2'),
  manager: oneOf('', 'E0', 'E1', 'E9'),
});
const file = fc.record({
  rows: fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 1, maxLength: 5 }),
  mode: fc.constantFrom('delta' as const, 'full' as const),
  /** How long after the file before it, and whether what is old is removed after it. */
  days: fc.nat(300),
  removes: fc.boolean(),
});
const header = 'Employee ID;First Name;Last Name;Email;City;PhoneNumber;Active;Department;EmployeeManagerID';

// Always the same files, so that a change that breaks nothing never turns the suite red.
test('whatever is removed when, what is left of the journal tells where everything comes from that is there', async () => {
  let removedEntries = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 2, maxLength: 7 }), async (files) => {
      const ingest = await openIngest({ database: at.db, folder, policy: { guards: noGuards, clearToken: '#CLEAR' } });
      const { tenant, context } = ingest;
      try {
        let now = Date.UTC(2020, 0, 1);
        for (const { rows, mode, days, removes } of files) {
          now += days * day;
          const lines = rows.map((one) => `E${one.id};${one.name};Berg;e${one.id}@${tenant.name}.example;${one.city};${one.phone};${one.active};${one.group};${one.manager}`);
          const { job } = await ingest.sendBytes('people.csv', Buffer.from([header, ...lines, ''].join('\n')), { mode });
          expect(['applied', 'rejected']).toContain(job.state);
          // As if it had been sent then.
          await at.db.knex('jobs').where({ id: job.id }).update({ finished_at: new Date(now) });
          await at.db.knex('journal').where({ job_id: job.id }).update({ at: new Date(now) });
          const facts = await directoryFacts(at.db, tenant.id);
          if (!removes) continue;
          const lifetimes = { files: day, rowResults: 100 * day, journal: 400 * day, events: day };
          const removed = await removeOld({ database: at.db, files: context.staging, lifetimes, now: new Date(now) });
          removedEntries += removed?.journalEntries ?? 0;
          expect(await directoryFacts(at.db, tenant.id)).toEqual(facts);
          expect(await replayedFacts(at.db, tenant.id)).toEqual(facts);
        }
      } finally {
        await ingest.close();
      }
    }),
    { numRuns: 10, seed: 1, endOnFailure: true },
  );
  expect(removedEntries).toBeGreaterThan(10);
}, 240_000);
