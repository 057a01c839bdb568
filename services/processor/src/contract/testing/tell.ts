import { expect } from '@jest/globals';
import { shownDirectory, shownFileIssues, sortedFileIssues, type ExpectedDirectory } from '@rosterport/fixtures';
import { splitIssues, type ReportRow } from '@rosterport/domain';
import type { Ended } from '../../testing/ingest.ts';
import { Company, type Directory, type Ground } from './company.ts';
import { plainFormOf, type Form } from './forms.ts';
import { checkPromises } from './promises.ts';
import { expectedOutcomes, shownOutcomes, unnamed } from './shown.ts';
import type { Case, Rows, Then } from './words.ts';

/** Founds a company in an empty world, brings it to where the case begins, sends the file in the form, and checks all that came of it. */
export async function tell(ground: Ground, told: Case, form: Form): Promise<void> {
  await ground.database.pool.query('truncate tenants, users, groups, memberships, manager_facts, claims, journal, row_results cascade');
  if (told.elsewhere !== undefined) await within(ground, (other) => other.sendEarlier(told.elsewhere ?? {}));
  await within(ground, async (company) => {
    for (const one of [told.given ?? []].flat()) {
      if (typeof one === 'function') await one(ground.database, company.ingest.tenant.id);
      else await company.sendEarlier(one);
    }
    await company.choosePolicy(told.policy ?? {});
    const before = await company.directory();
    const ended = await company.send(told.file, form);
    const after = await company.directory();
    check(told, ended, { before, after });
    await checkAgain(company, told.file, { ended, after });
  });
}

async function within(ground: Ground, work: (company: Company) => Promise<void>): Promise<void> {
  const company = await Company.found(ground);
  try {
    await work(company);
  } finally {
    await company.close();
  }
}

function check(told: Case, ended: Ended, { before, after }: { before: Directory; after: Directory }): void {
  const { then, file } = told;
  const { job } = ended;
  expect({ failure: job.failure, state: job.state }).toEqual({ failure: null, state: then.refused === true ? 'rejected' : 'applied' });
  const fileIssues = then.fileIssues ?? [];
  expect(shownFileIssues(splitIssues(job.issues).file, fileIssues)).toEqual(sortedFileIssues(fileIssues));
  const { rows, groupRows } = byKind(ended.rows, file);
  expect(shownOutcomes(groupRows)).toEqual(expectedOutcomes(then.groupRows ?? []));
  expect(shownOutcomes(rows)).toEqual(expectedOutcomes(then.rows ?? []));
  expect([...unnamed(groupRows, then.groupRows ?? []), ...unnamed(rows, then.rows ?? [])]).toEqual([]);
  checkDirectory(then, { before, after, rows, groupRows });
  for (const text of told.untold ?? []) expect(JSON.stringify(ended)).not.toContain(text);
  checkPromises({ file, before, after, ended, rows, groupRows, changes: then.changes ?? {} });
}

/** Rows of groups and of people; a CSV file, which names no sheet, has rows of one kind. */
function byKind(all: readonly ReportRow[], file: Rows): { rows: readonly ReportRow[]; groupRows: readonly ReportRow[] } {
  const isGroup = ({ sheet }: ReportRow): boolean => (sheet === null ? file.groups !== undefined : sheet === 'Groups');
  return { rows: all.filter((row) => !isGroup(row)), groupRows: all.filter(isGroup) };
}

interface Became {
  readonly before: Directory;
  readonly after: Directory;
  readonly rows: readonly ReportRow[];
  readonly groupRows: readonly ReportRow[];
}

/** People and groups are those of before, those that rows created, and those that the case names; the latter look as it says. */
function checkDirectory(then: Then, { before, after, rows, groupRows }: Became): void {
  const [was, is] = [before, after].map(({ users, groups }) => byLabel(shownDirectory(users, groups))) as [Labelled, Labelled];
  const created = (some: readonly ReportRow[]) => some.filter(({ result }) => result === 'created').map(({ externalId }) => externalId ?? '?');
  const sides: readonly Side[] = [
    { named: then.people ?? {}, was: was.users, is: is.users, created: created(rows) },
    { named: then.groups ?? {}, was: was.groups, is: is.groups, created: created(groupRows) },
  ];
  for (const side of sides) {
    const named = Object.entries(side.named);
    const absent = named.filter(([, parts]) => parts === null).map(([label]) => label);
    const present = named.filter(([, parts]) => parts !== null).map(([label]) => label);
    const labels = new Set([...Object.keys(side.was), ...side.created, ...present]);
    for (const label of absent) labels.delete(label);
    expect(Object.keys(side.is).sort()).toEqual([...labels].sort());
    for (const [label, parts] of named) if (parts !== null) expect({ [label]: pick(side.is[label], parts) }).toEqual({ [label]: sorted(parts) });
  }
}

/** What a case says of the records of one kind, with what was and is there. */
interface Side {
  readonly named: Readonly<Record<string, object | null>>;
  readonly was: Readonly<Record<string, object>>;
  readonly is: Readonly<Record<string, object>>;
  readonly created: readonly string[];
}

type Labelled = Record<'users' | 'groups', Readonly<Record<string, object>>>;

function byLabel({ users, groups }: ExpectedDirectory): Labelled {
  return {
    users: Object.fromEntries(users.map((user) => [user.externalId ?? user.lastName, user])),
    groups: Object.fromEntries(groups.map((group) => [group.externalId ?? group.name, group])),
  };
}

/** The parts of a record that an expectation names. */
function pick(record: object | undefined, parts: object): object {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([key]) => key in parts));
}

/** Lists of groups and of managers have no order. */
function sorted(parts: object): object {
  return Object.fromEntries(Object.entries(parts).map(([key, value]) => [key, Array.isArray(value) ? value.toSorted() : (value as unknown)]));
}

const unchanging: readonly string[] = ['rejected', 'skipped', 'unchanged'];

/**
 * The same rows once more, in the plainest form, change nothing: who was rejected or skipped is so again, and all others are
 * as the file says. Where no row changed anything, the first time was such a time already.
 */
async function checkAgain(company: Company, file: Rows, { ended, after }: { ended: Ended; after: Directory }): Promise<void> {
  if (ended.rows.every(({ result }) => unchanging.includes(result))) return;
  const again = await company.send(file, plainFormOf(file));
  const shown = (rows: readonly ReportRow[]) => rows.map(({ externalId, result }) => `${externalId ?? '?'} ${result}`).sort();
  const settled = ended.rows.map((row) => (unchanging.includes(row.result) ? row : { ...row, result: 'unchanged' as const }));
  expect(shown(again.rows)).toEqual(shown(settled));
  expect(await company.directory()).toEqual(after);
}
