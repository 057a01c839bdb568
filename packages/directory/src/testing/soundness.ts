import { emailKey, nameKey } from '@rosterport/domain';
import type { Dump, FactRow, GroupRow, UserRow } from './dump.ts';

/** What is wrong with a directory in itself; nothing, unless the product is at fault. */
export function faultsOf(dump: Dump): readonly string[] {
  const { users, groups, memberships, facts } = dump;
  const [people, units] = [new Set(users.map(({ id }) => id)), new Set(groups.map(({ id }) => id))];
  return [
    ...users.flatMap(personFaults),
    ...groups.filter((group) => group.name_key !== nameKey(group.name)).map((group) => `key of group ${group.id}`),
    ...groups.filter((group) => isBelowItself(group, groups)).map((group) => `group ${group.id} is above itself`),
    ...dump.lost.map(({ id }) => `${id} is not found by name`),
    ...attributeFaults(dump),
    ...claimFaults(dump),
    ...facts.filter((fact) => !isKeyed(fact)).map((fact) => `key of fact ${fact.manager_ref}`),
    ...memberships.filter((one) => !people.has(one.user_id)).map((one) => `membership of nobody, ${one.user_id}`),
    ...memberships.filter((one) => !units.has(one.group_id)).map((one) => `membership in no group, ${one.group_id}`),
    ...facts.filter(({ user_id: id }) => id !== null && !people.has(id)).map((fact) => `fact of nobody, ${fact.user_id}`),
    ...facts.filter((fact) => !units.has(fact.group_id)).map((fact) => `fact about no group, ${fact.group_id}`),
  ];
}

function personFaults({ id, email, email_key: key, ...user }: UserRow): readonly string[] {
  return [
    ...(key === (email === null ? null : emailKey(email)) ? [] : [`e-mail key of ${id}`]),
    ...(user.name_key === nameKey(`${user.first_name} ${user.last_name}`) ? [] : [`name key of ${id}`]),
  ];
}

function isBelowItself(group: GroupRow, groups: readonly GroupRow[]): boolean {
  const parents = new Map(groups.map((one) => [one.id, one.parent_id]));
  let above = group.parent_id;
  for (let steps = 0; steps <= groups.length && above !== null; steps += 1) above = parents.get(above) ?? null;
  return above !== null;
}

function attributeFaults({ users, definitions }: Dump): readonly string[] {
  const names = new Set(definitions.map((one) => one.name));
  return users.flatMap(({ id, attributes }) =>
    Object.keys(attributes)
      .filter((name) => !names.has(name))
      .map((name) => `${id} has ${name}, which is not defined`),
  );
}

/** Active people hold what they have, and nobody else holds anything. */
function claimFaults({ users, claims }: Dump): readonly string[] {
  const due = users
    .filter((user) => user.active)
    .flatMap((user) => [
      ...(user.email_key === null ? [] : [`email ${user.email_key} ${user.id}`]),
      ...(user.phone === null ? [] : [`phone ${user.phone} ${user.id}`]),
    ]);
  const held = claims.map((claim) => `${claim.kind} ${claim.key} ${claim.user_id}`);
  return [
    ...due.filter((claim) => !held.includes(claim)).map((claim) => `not held: ${claim}`),
    ...held.filter((claim) => !due.includes(claim)).map((claim) => `held by nobody: ${claim}`),
  ];
}

function isKeyed({ manager_by: by, manager_ref: ref, manager_key: key }: FactRow): boolean {
  return key === (by === 'id' ? ref : nameKey(ref));
}
