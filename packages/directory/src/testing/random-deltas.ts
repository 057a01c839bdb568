import type { Reference, Setting } from '@rosterport/domain';
import fc from 'fast-check';
import type { GroupCells, UserCells } from './company.ts';

/** The rows of one delta: what they say of each person and group, whose e-mails and phones nobody else wants. */
export interface Delta {
  readonly users: readonly UserCells[];
  readonly groups: readonly GroupCells[];
}

const said = <T>(...values: readonly T[]): fc.Arbitrary<Setting<T>> => fc.option(fc.constantFrom(...values, null), { nil: undefined, freq: 1 });

/**
 * Groups and the manager of the person in them are said together, since a manager is that of the groups of the same row. No
 * group is made by naming it: what all say together need not name it any more.
 */
const places: fc.Arbitrary<Pick<UserCells, 'groups' | 'manager'>> = fc.option(
  fc.record({
    groups: fc.subarray(['G0', 'G1', 'G2']),
    manager: fc.constantFrom<Setting<Reference>>({ by: 'id', value: 'E1' }, { by: 'id', value: 'E9' }, { by: 'name', value: 'First E2' }, null),
  }),
  { nil: {} },
);

function person(number: number): fc.Arbitrary<UserCells> {
  const cells = fc.record({
    lastName: fc.constantFrom(`E${number}`, 'Same'),
    email: said(`e${number}`, `E${number}.x`),
    phone: said(`+4670174060${number}`, `+4670174061${number}`),
    isManager: said(true, false),
    language: said('sv', 'en'),
    attributes: fc.dictionary(fc.constantFrom('Town', 'Room'), fc.constantFrom('1', '2', null), { maxKeys: 2 }),
  });
  return fc.tuple(cells, places).map(([values, where]) => ({ id: `E${number}`, ...values, ...where }));
}

/** A group hangs below one with a lower number, so that no order makes a circle. */
function group(number: number): fc.Arbitrary<GroupCells> {
  const above = Array.from({ length: number }, (_, index) => `G${index}`);
  return fc.record({
    id: fc.constant(`G${number}`),
    name: fc.constantFrom(`Group ${number}`, `Unit ${number}`),
    description: said('x', 'y'),
    parent: above.length === 0 ? fc.constant(undefined) : said(...above),
    responsibleManager: said('E1', 'E9'),
  });
}

/** The first names all groups, so that no parent is unknown when it is named. */
export const randomDeltas: fc.Arbitrary<readonly Delta[]> = fc
  .tuple(
    fc.tuple(group(0), group(1), group(2)),
    fc.array(fc.record({ users: fc.tuple(...[0, 1, 2, 3].map(person)).chain((all) => fc.subarray(all)), groups: fc.tuple(group(0), group(1), group(2)).chain((all) => fc.subarray(all)) }), { minLength: 1, maxLength: 5 }),
  )
  .map(([groups, deltas]) => [{ users: [], groups }, ...deltas]);

/** All deltas as one: of each cell the last that was said. */
export function mergedDeltas(deltas: readonly Delta[]): Delta {
  return { users: merged(deltas.flatMap(({ users }) => users)), groups: merged(deltas.flatMap(({ groups }) => groups)) };
}

function merged<Cells extends { readonly id: string }>(rows: readonly Cells[]): readonly Cells[] {
  const byId = new Map<string, Cells>();
  for (const row of rows) {
    const before = byId.get(row.id);
    const named = Object.fromEntries(Object.entries<unknown>(row).filter(([, value]) => value !== undefined)) as Cells;
    byId.set(row.id, before === undefined ? named : { ...before, ...named, ...attributesOf(before, named) });
  }
  return [...byId.values()];
}

function attributesOf(before: object, row: object): object {
  const [old, later] = [before as Partial<UserCells>, row as Partial<UserCells>];
  return later.attributes === undefined ? {} : { attributes: { ...old.attributes, ...later.attributes } };
}
