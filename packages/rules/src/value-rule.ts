import type { IssueCode, UserField, UserRecord } from '@rosterport/domain';
import { refuse, type Draft } from './row-in-hand.ts';
import { columnFor } from './rule-context.ts';
import type { AcceptedExample, RefusedExample, UserRule } from './rule.ts';

/** A text that was understood, or what would be right instead; `null` when there is nothing to add to the message. */
export type Reading<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly expected: string | null };

/** What a rule about one optional value of a user is made of. */
export interface ValueRuleParts<Value> {
  readonly name: string;
  readonly code: IssueCode;
  readonly field: UserField;
  /** Makes the function that understands a cell's text; called once a sheet. */
  readonly reader: () => (text: string) => Reading<Value>;
  /** Puts the value into the draft; `null` clears it. */
  readonly set: (draft: Draft<UserRecord>, value: Value | null) => void;
  readonly accepted: readonly AcceptedExample[];
  readonly refused: readonly RefusedExample[];
}

/** Makes a rule about one optional value: empty leaves it, the clear token clears it, any other text must be understood. */
export function valueRule<Value>(parts: ValueRuleParts<Value>): UserRule {
  const { name, code, field, reader, set, accepted, refused } = parts;
  return {
    name,
    code,
    accepted,
    refused,
    compile(context) {
      const column = columnFor(context, field);
      if (column === null) return null;
      const read = reader();
      return (row) => {
        const cell = row.cells[column.position];
        if (cell === null) return set(row.draft, null);
        if (typeof cell !== 'string') return;
        const reading = read(cell);
        if (reading.ok) return set(row.draft, reading.value);
        refuse(row, { code, column, ...(reading.expected === null ? {} : { expected: reading.expected }) });
      };
    },
  };
}
