import type { Changes } from '@rosterport/domain';
import type { JournalEntry } from './journal-replay.ts';

/** What the entries of one job add up to, without the managers, which are derived and not in the journal. */
export function countedChanges(entries: readonly JournalEntry[]): Omit<Changes, 'managersAdded' | 'managersRemoved'> {
  const of = (kind: JournalEntry['kind']): readonly JournalEntry[] => entries.filter((entry) => entry.kind === kind);
  const made = (kind: JournalEntry['kind']): number => of(kind).filter(({ before }) => before === null).length;
  const gone = (kind: JournalEntry['kind']): number => of(kind).filter(({ after }) => after === null).length;
  const moved = (active: boolean): readonly string[] =>
    of('user').filter(({ before, after }) => before?.['active'] === !active && after?.['active'] === active).map(({ record }) => record);
  const facts = of('managerFact').map(({ record, before, after }) => ({ record, member: ((after ?? before)?.['userId'] ?? null) as number | null }));
  const touchedPeople = [
    ...of('user').map(({ record }) => record),
    ...of('membership').map(({ record }) => record),
    ...facts.flatMap(({ member }) => (member === null ? [] : [String(member)])),
  ];
  const touchedGroups = [...of('group').map(({ record }) => record), ...facts.flatMap(({ record, member }) => (member === null ? [record] : []))];
  const [comings, goings] = [moved(true), moved(false)];
  return {
    ...{ usersCreated: made('user'), usersRemoved: gone('user'), usersReactivated: comings.length, usersDeactivated: goings.length },
    usersUpdated: new Set(touchedPeople).size - made('user') - gone('user') - comings.length - goings.length,
    ...{ groupsCreated: made('group'), groupsRemoved: gone('group') },
    groupsUpdated: new Set(touchedGroups).size - made('group') - gone('group'),
    ...{ membershipsAdded: made('membership'), membershipsRemoved: gone('membership') },
    ...{ attributesDefined: made('attributeDefinition'), attributesRemoved: gone('attributeDefinition') },
  };
}
