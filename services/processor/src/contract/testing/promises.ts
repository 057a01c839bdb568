import { expect } from '@jest/globals';
import { countedRows, rowResults, type Changes, type DirectoryUser, type ReportRow } from '@rosterport/domain';
import type { Ended } from '../../testing/ingest.ts';
import type { Directory } from './company.ts';
import type { Rows } from './words.ts';

/** A file that was sent, with the directory before and after. */
export interface Sent {
  readonly file: Rows;
  readonly before: Directory;
  readonly after: Directory;
  readonly ended: Ended;
  /** The rows of the report about people, and those about groups. */
  readonly rows: readonly ReportRow[];
  readonly groupRows: readonly ReportRow[];
  /** Changes that cannot be told from the directory before and after. */
  readonly changes: Partial<Changes>;
}

/** Checks what the contract promises of every file, whatever it holds. A file that is refused for itself has no rows. */
export function checkPromises(sent: Sent): void {
  if (sent.ended.job.state === 'applied' || sent.ended.rows.length > 0) rowsAreComplete(sent);
  countsAddUp(sent);
  errorsReject(sent);
  untouchedStay(sent);
  resultsAreTrue(sent);
}

/** Each data row is in the report. */
function rowsAreComplete({ file, rows, groupRows }: Sent): void {
  expect([rows.length, groupRows.length]).toEqual([file.users?.length ?? 0, file.groups?.length ?? 0]);
}

/** Each row has exactly one result, and the counts are those of the rows. */
function countsAddUp({ ended }: Sent): void {
  const { counts } = ended.job;
  expect(countedRows(counts)).toBe(ended.rows.length);
  for (const result of rowResults) expect([result, counts[result]]).toEqual([result, ended.rows.filter((row) => row.result === result).length]);
}

/** A row with an error is rejected, and a rejected row says why. */
function errorsReject({ ended }: Sent): void {
  for (const { result, issues } of ended.rows) {
    expect([result === 'rejected', issues.map(({ code }) => code)]).toEqual([
      issues.some(({ severity }) => severity === 'error'),
      issues.map(({ code }) => code),
    ]);
  }
}

/** Whoever no row changes is as before: own values, groups, state. */
function untouchedStay({ before, after, rows }: Sent): void {
  const changing = new Set(rows.filter(({ result }) => !['rejected', 'skipped', 'unchanged'].includes(result)).map(({ externalId }) => externalId));
  const untouched = ({ users }: Directory) => users.filter(({ externalId }) => !changing.has(externalId)).map(ownValues);
  expect(untouched(after)).toEqual(untouched(before));
}

function ownValues({ groups, ...user }: DirectoryUser) {
  return { ...user, groups: groups.map(({ id }) => id).sort() };
}

/** Results and changes say what became of the directory. */
function resultsAreTrue({ before, after, rows, ended, changes }: Sent): void {
  const was = new Map(before.users.map((user) => [user.externalId, user]));
  const is = new Map(after.users.map((user) => [user.externalId, user]));
  const become = (externalId: string | null): string => `${stateOf(was.get(externalId))} to ${stateOf(is.get(externalId))}`;
  const told = { created: ['none to active'], reactivated: ['inactive to active'], deactivated: ['active to inactive'] } as const;
  for (const { externalId, result } of rows) {
    if (result in told) expect([externalId, become(externalId)]).toEqual([externalId, told[result as keyof typeof told][0]]);
    if (result === 'updated' || result === 'unchanged') expect(stateOf(was.get(externalId))).toBe(stateOf(is.get(externalId)));
  }
  expect(ended.job.changes).toMatchObject({ ...differences(before, after), ...changes });
}

function stateOf(user: DirectoryUser | undefined): 'none' | 'active' | 'inactive' {
  if (user === undefined) return 'none';
  return user.active ? 'active' : 'inactive';
}

function differences(before: Directory, after: Directory): Partial<Changes> {
  const were = new Map(before.users.map((user) => [user.id, user]));
  const known = after.users.flatMap((user) => (were.get(user.id) === undefined ? [] : [[were.get(user.id), user] as const]));
  const [members, managers] = [links(before, after, memberships), links(before, after, managements)];
  return {
    usersCreated: after.users.length - known.length,
    usersDeactivated: known.filter(([one, other]) => one?.active === true && !other.active).length,
    usersReactivated: known.filter(([one, other]) => one?.active === false && other.active).length,
    groupsCreated: after.groups.length - before.groups.length,
    membershipsAdded: members.added,
    membershipsRemoved: members.removed,
    managersAdded: managers.added,
    managersRemoved: managers.removed,
  };
}

function links(before: Directory, after: Directory, of: (directory: Directory) => readonly string[]): { added: number; removed: number } {
  const [were, are] = [new Set(of(before)), new Set(of(after))];
  return { added: [...are].filter((one) => !were.has(one)).length, removed: [...were].filter((one) => !are.has(one)).length };
}

function memberships({ users }: Directory): readonly string[] {
  return users.flatMap((user) => user.groups.map((group) => `${user.id} in ${group.id}`));
}

function managements({ groups }: Directory): readonly string[] {
  return groups.flatMap((group) => group.managers.map((manager) => `${manager.id} of ${group.id}`));
}
