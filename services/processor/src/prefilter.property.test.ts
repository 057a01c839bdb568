import { expect, test } from '@jest/globals';
import { createGroup, createUser, editGroup, editUser, removeGroup, type EditContext } from '@rosterport/directory';
import { inTransaction, transactionClient } from '@rosterport/database';
import { isFailure, type JobId, type Mode } from '@rosterport/domain';
import { revertJob } from '@rosterport/jobs';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import fc from 'fast-check';
import { factsOf } from './testing/firm-facts.ts';
import { openFirm, type Firm, type PersonCells } from './testing/firm.ts';
import type { Ended } from './testing/ingest.ts';

const at = testDatabase();
const folder = temporaryFolder();

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const id = pick('E1', 'E2', 'E3', 'E4', 'E5', 'E6', 'E7');

/** Few values, so that people often want the same. The e-mail is another's by number. */
const cells = fc.record({
  Last: pick('Same', 'Berg', 'Ek'),
  Email: pick('E1', 'E1', 'e2', 'E3', 'E8', ''),
  PhoneNumber: pick('', '', '+46701740605', '+46701740606', 'wrong'),
  Department: pick('', 'D1', 'D2', 'New', 'Sales'),
  DepartmentName: pick('', '', 'Sales', 'sales', 'Other'),
  EmployeeManagerID: pick('', '', 'E1', 'E2', 'E9'),
  EmployeeManagerName: pick('', '', 'First Same', 'first ek', 'Boss Same'),
  Active: pick('', '', '1', '0'),
  City: pick('Lund', '#CLEAR', ''),
});

/** What differs from the file before: people who come, change, stand in it twice or leave. */
const fileStep = fc.record({
  kind: fc.constant('file' as const),
  changed: fc.array(fc.record({ id, cells: fc.option(cells, { nil: undefined }) }), { maxLength: 2 }),
  twice: fc.option(fc.record({ id, cells: fc.option(cells, { nil: undefined }) }), { nil: undefined, freq: 4 }),
  mode: pick<Mode>('full', 'full', 'delta'),
  dryRun: fc.integer({ min: 0, max: 7 }).map((number) => number === 0),
  turned: fc.boolean(),
});
const handStep = fc.record({
  kind: fc.constant('hand' as const),
  what: pick('person', 'group', 'renamePerson', 'renameGroup', 'removeGroup', 'join'),
  name: pick('Same', 'Ek', 'Berg'),
  group: pick('Sales', 'Other', 'D1'),
});
const otherStep = pick({ kind: 'revert' as const }, { kind: 'policy' as const, unknownGroup: 'skip' as const }, { kind: 'policy' as const, unknownGroup: 'create' as const });
const step = fc.oneof({ weight: 6, arbitrary: fileStep }, { weight: 3, arbitrary: handStep }, { weight: 1, arbitrary: otherStep });
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

/** A firm in which steps are done, and what it has seen. */
interface Acting {
  readonly firm: Firm;
  readonly roster: Map<string, Readonly<Record<string, string>>>;
  last: JobId | null;
}

async function actingFirm(sieveFrom: number): Promise<Acting> {
  const firm = await openFirm({ database: at.db, folder, policy: { clearToken: '#CLEAR', guards: noGuards } });
  return { firm: { ...firm, context: Object.assign(firm.context, { sieveFrom, partBytes: 1 }) }, roster: new Map(), last: null };
}

/** All but one of those that count, so that both what is held and what is applied is seen. */
const noGuards = {
  ...{ deactivations: null, updates: null, missingRows: null, swappedIds: false, renamedIds: false, olderFile: false },
  ...{ emptiedColumns: { share: 0.5 }, unreadableIds: true, missingLineEnd: true },
};

function sendFile(acting: Acting, { changed, twice, mode, dryRun, turned }: Extract<Step, { kind: 'file' }>): Promise<Ended> {
  for (const one of changed) {
    if (one.cells === undefined) acting.roster.delete(one.id);
    else acting.roster.set(one.id, one.cells);
  }
  const rows = [...acting.roster, ...(twice === undefined ? [] : [[twice.id, twice.cells ?? acting.roster.get(twice.id) ?? {}] as const])].map(
    ([person, values]): PersonCells => ({ ...values, id: person, First: 'First', Email: values['Email'] ? acting.firm.email(values['Email']) : '' }),
  );
  return acting.firm.sendPeople(turned ? rows.reverse() : rows, { mode, dryRun });
}

/** A change by hand, which may be refused. Returns the code of the refusal. */
async function byHand({ firm }: Acting, { what, name, group }: Extract<Step, { kind: 'hand' }>): Promise<string> {
  const { rows: known } = await at.db.pool.query<{ id: string; kind: string }>(
    `select * from (
       select id::text, 'group' as kind from groups where tenant_id = $1 and name = $2
       union all select id::text, 'person' from users where tenant_id = $1 and source_id is null) k order by id::bigint`,
    [firm.tenant.id, group],
  );
  const idOf = (kind: string): string => known.find((one) => one.kind === kind)?.id ?? '0';
  const work = async (context: EditContext): Promise<unknown> => {
    if (what === 'person') return createUser(context, { firstName: 'First', lastName: name, email: firm.email(name) });
    if (what === 'renamePerson') return editUser(context, idOf('person'), { lastName: name });
    if (what === 'join') return editUser(context, idOf('person'), { groups: [idOf('group')] });
    if (what === 'group') return createGroup(context, { name: group });
    if (what === 'renameGroup') return editGroup(context, idOf('group'), { name: `${name} group` });
    return removeGroup(context, idOf('group'), 'moveUp');
  };
  try {
    await inTransaction(at.db, async (tx) => work({ client: await transactionClient(tx), tenantId: firm.tenant.id, credentialId: null }));
    return 'done';
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
}

async function take(acting: Acting, one: Step): Promise<unknown> {
  const { firm, last } = acting;
  if (one.kind === 'hand') return byHand(acting, one);
  if (one.kind === 'policy') {
    const policy = JSON.stringify({ ...firm.feed.policy, clearToken: '#CLEAR', guards: noGuards, unknownGroup: one.unknownGroup });
    return (await at.db.knex('feeds').where({ id: firm.feed.id }).update({ policy })) === 1;
  }
  if (one.kind === 'revert' && last === null) return 'nothing to revert';
  const ended =
    one.kind === 'file'
      ? await sendFile(acting, one)
      : await firm.settle((await revertJob(at.db, { tenantId: firm.tenant.id, jobId: last as JobId, credentialId: null })).id);
  const { job, rows } = ended;
  acting.last = one.kind === 'file' && job.state === 'applied' ? job.id : null;
  // What waits for a decision would keep all later files waiting.
  const changes = await firm.changes(job);
  if (job.state === 'held') await firm.discard(job);
  const { state, counts, changes: counted, issues } = job;
  return { state, counts, counted, issues, rows, changes };
}

/** What was seen, without what differs between two firms. */
function plain(seen: unknown, { firm }: Acting): unknown {
  return JSON.parse(JSON.stringify(seen, (key, value: unknown) => (['id', 'parentId', 'groupId', 'userId', 'sourceId'].includes(key) ? undefined : value)).replaceAll(firm.tenant.name, 'firm'));
}

test('with rows passed over and without, reports and directory are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 7 }), async (steps) => {
      const pair = [await actingFirm(0), await actingFirm(Infinity)] as const;
      // Four people who stay as they are unless a step says otherwise; the second time there is nothing to warn of.
      const first = { kind: 'file' as const, mode: 'full' as const, dryRun: false, turned: false, twice: undefined, changed: ['E1', 'E2', 'E3', 'E4'].map((person) => ({ id: person, cells: { Last: person, Email: person, Department: 'D1', DepartmentName: '', EmployeeManagerID: person === 'E1' ? '' : 'E1', PhoneNumber: '', EmployeeManagerName: '', Active: '', City: 'Lund' } })) };
      const again = { ...first, changed: [] };
      for (const one of [first, again, ...steps]) {
        const [on, off] = [plain(await take(pair[0], one), pair[0]), plain(await take(pair[1], one), pair[1])];
        expect(on).toEqual(off);
        expect(await factsOf(at.db, pair[0].firm)).toEqual(await factsOf(at.db, pair[1].firm));
      }
      for (const { firm } of pair) await firm.close();
      await at.db.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, planned_changes, row_results, row_chunks cascade');
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 600_000);
