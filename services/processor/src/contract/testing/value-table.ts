import type { IssueCode } from '@rosterport/domain';
import type { ExpectedUser } from '@rosterport/fixtures';
import type { Case, Outcome } from './words.ts';

/** What becomes of the texts of one column. */
export interface ValueTable<Kept> {
  readonly says: string;
  readonly column: string;
  /** A text, and what is kept of it. */
  readonly accepted?: readonly (readonly [written: string, kept: Kept])[];
  /** The part of a person that shows what is kept. */
  readonly shown: (kept: Kept) => Partial<ExpectedUser>;
  /** A text, and what its message names besides; the text itself it names in any case. */
  readonly refused?: readonly (readonly [written: string, ...names: string[]])[];
  readonly code: IssueCode;
}

/** One file with a new person for each text of the table. */
export function valueCase<Kept>({ says, column, accepted = [], refused = [], shown, code }: ValueTable<Kept>): Case {
  const good = accepted.map(([written, kept], index) => ({ id: `Y${index + 1}`, written, kept }));
  const bad = refused.map(([written, ...names], index) => ({ id: `N${index + 1}`, written, names }));
  const refusal = (id: string): string => `${id} rejected ${code}@${column}`;
  const rows: readonly Outcome[] = [
    ...good.map(({ id }) => `${id} created`),
    ...bad.map(({ id, written, names }) => ({ row: refusal(id), names: [written.trim(), ...names] })),
  ];
  return {
    says,
    file: { users: [...good, ...bad].map(({ id, written }) => ({ EmployeeID: id, [column]: written })) },
    then: { rows, people: Object.fromEntries(good.map(({ id, kept }) => [id, shown(kept)])) },
  };
}
