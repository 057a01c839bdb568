import type { Reference, Setting } from '@rosterport/domain';
import fc from 'fast-check';
import { domainOf, type Company, type FileCells, type GroupCells } from './company.ts';

/** A file whose e-mails lack their domain, so that it fits every company. */
export type RandomFile = FileCells;

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Mostly nothing said, sometimes cleared, else one of the values. */
function setting<T>(...values: readonly T[]): fc.Arbitrary<Setting<T>> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: pick(...values) });
}

const people = pick('E1', 'E2', 'E3', 'E4', 'E5', 'E6');
const groupIds = ['G1', 'G2', 'G3', 'G4', 'New'] as const;
const groupNames = ['group g1', 'Group G2', 'new', 'Other'] as const;

const groupReference: fc.Arbitrary<Reference> = fc.oneof(
  pick(...groupIds).map((value) => ({ by: 'id', value }) as const),
  pick(...groupNames).map((value) => ({ by: 'name', value }) as const),
);

const manager: fc.Arbitrary<Setting<Reference>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: people.map((value) => ({ by: 'id', value }) as const) },
  { weight: 3, arbitrary: pick('First E1', 'first  e2', 'First Same', 'Nobody').map((value) => ({ by: 'name', value }) as const) },
);

/** Few values, so that people often want the same. */
const user = fc.record({
  id: people,
  lastName: pick('E1', 'E2', 'E3', 'Same'),
  email: setting('a', 'A', 'b', 'c', 'd', 'e', 'f'),
  phone: setting('+46701740605', '+46701740606', '+46701740607', '+46701740608'),
  isManager: setting(true, false),
  active: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: fc.constant(true) }, { weight: 3, arbitrary: fc.constant(false) }),
  language: setting('sv', 'en'),
  attributes: fc.dictionary(pick('Town', 'Room', 'Desk'), pick('1', '2', null), { maxKeys: 2 }),
  groups: fc.option(fc.array(groupReference, { maxLength: 3 }), { nil: undefined }),
  manager,
  faulty: fc.integer({ min: 0, max: 14 }).map((number) => number === 0),
});

const group: fc.Arbitrary<GroupCells> = fc.record({
  id: pick(...groupIds),
  name: pick('Group G1', 'group g2', 'New', 'Other', 'Fifth'),
  description: setting('x', 'y'),
  parent: setting(...groupIds),
  responsibleManager: setting('E1', 'E2', 'E9'),
});

/** Files with people in several rows, faults, circles, full and delta, and every policy. */
export const randomFile: fc.Arbitrary<RandomFile> = fc.record({
  users: fc.array(user, { maxLength: 6 }),
  groups: fc.array(group, { maxLength: 4 }),
  mode: pick('delta', 'delta', 'full'),
  matchesByEmail: pick(false, false, false, true),
  policy: fc.record({
    unknownGroup: pick('create', 'create', 'skip', 'reject'),
    rowError: pick('skipRow', 'skipRow', 'skipRow', 'rejectFile'),
  }),
}) as fc.Arbitrary<RandomFile>;

/** The file with the e-mails of a company: unique over all tenants, as its directory is. */
export function fileOf({ tenantId }: Pick<Company, 'tenantId'>, file: RandomFile): FileCells {
  const users = (file.users ?? []).map(({ email, ...cells }) => ({
    ...cells,
    // What is left out would be made up from the id.
    email: typeof email === 'string' ? `${email}@${domainOf(tenantId)}` : email,
  }));
  return { ...file, users };
}
