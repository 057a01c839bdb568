import { attributeReader, columnsOf, isInDoubt, type AttributeReader, type HeaderColumn, type SheetHeader } from '@rosterport/domain';
import { refuse, type RowInHand } from '../row-in-hand.ts';
import { attributeColumns, type RuleContext } from '../rule-context.ts';
import type { UserRule } from '../rule.ts';

type Values = Record<string, string | null>;

/** A column of values, with what understands them; `null` where a strict feed does not know the attribute. */
interface AttributeColumn {
  readonly column: HeaderColumn;
  readonly read: AttributeReader | null;
}

const noNames: object = Object.freeze(Object.create(null) as object);

const undefinedAttribute = 'no such attribute is defined';

const level = { name: 'Level', type: 'number' } as const;
const hired = { name: 'Hired', type: 'date' } as const;
const size = { name: 'Size', type: 'list', options: ['Small', 'Medium'] } as const;

/** Attributes of a row that sets none. */
export const noAttributes: Readonly<Values> = Object.freeze(withoutNames());

/**
 * Every column that is no field of the contract is an attribute. Its values are of the type that is defined; a strict feed
 * takes only attributes and options that are defined.
 */
export const attributes: UserRule = {
  name: 'attributes',
  code: 'validateExternalProperties',
  compile(context) {
    const columns = attributeColumns(context).map((column) => ({ column, read: readerOf(column, context) }));
    if (columns.length === 0) return null;
    return (row) => {
      let values: Values | null = null;
      for (const one of columns) {
        const value = valueIn(row, one);
        if (value !== undefined) (values ??= withoutNames())[one.column.name] = value;
      }
      if (values !== null) row.draft.attributes = values;
    };
  },
  accepted: [
    { row: { City: 'Lund', Country: '' }, gives: { attributes: { City: 'Lund' } } },
    { row: { City: '-' }, policy: { clearToken: '-' }, gives: { attributes: { City: null } } },
    { row: { City: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], gives: { attributes: { City: 'Lund' } } },
    { row: { Citty: '' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], gives: { attributes: {} } },
    { row: { Level: '07,50' }, knownAttributes: [level], gives: { attributes: { Level: '7.5' } } },
    { row: { Level: '-' }, policy: { clearToken: '-' }, knownAttributes: [level], gives: { attributes: { Level: null } } },
    { row: { Level: '' }, knownAttributes: [{ ...level, required: true }], gives: { attributes: {} } },
    { row: { Hired: '2026-03-12' }, knownAttributes: [hired], gives: { attributes: { Hired: '2026-03-12' } } },
    { row: { Size: 'Medium' }, policy: { unknownAttribute: 'strict' }, knownAttributes: [size], gives: { attributes: { Size: 'Medium' } } },
    { row: { Size: 'Large' }, knownAttributes: [size], gives: { attributes: { Size: 'Large' } } },
    { row: { constructor: 'Acme', toString: 'x' }, gives: { attributes: { constructor: 'Acme', toString: 'x' } } },
  ],
  refused: [
    { row: { Citty: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], column: 'Citty' },
    { row: { City: 'Lund', Citty: 'Lund' }, policy: { unknownAttribute: 'strict' }, knownAttributes: ['City'], column: 'Citty' },
    { row: { Citty: '-' }, policy: { unknownAttribute: 'strict', clearToken: '-' }, knownAttributes: ['City'], column: 'Citty' },
    { row: { Level: 'seven' }, knownAttributes: [level], column: 'Level', expected: 'it must be a number such as 1234.5' },
    { row: { Level: '1,234' }, knownAttributes: [level], column: 'Level', expected: 'it must be 1.234 or 1234, which a comma does not tell' },
    { row: { Hired: '12/03/2026' }, knownAttributes: [hired], column: 'Hired', expected: 'it must be a day such as 2026-01-31' },
    { row: { Hired: '2026-02-30' }, policy: { unknownAttribute: 'strict' }, knownAttributes: [hired], column: 'Hired' },
    { row: { Size: 'Large' }, policy: { unknownAttribute: 'strict' }, knownAttributes: [size], column: 'Size', expected: 'it must be one of Small, Medium' },
    { row: { Size: 'MEDIUM' }, policy: { unknownAttribute: 'strict' }, knownAttributes: [size], column: 'Size', expected: 'it must be Medium, if that is meant' },
    { row: { Size: 'x'.repeat(201) }, knownAttributes: [size], column: 'Size', expected: 'an option has at most 200 characters' },
  ],
};

function readerOf({ name }: HeaderColumn, { policy, header, knownAttributes }: RuleContext): AttributeReader | null {
  const isStrict = policy.unknownAttribute === 'strict';
  const known = knownAttributes.get(name);
  if (known !== undefined) return attributeReader(known, { newOptions: !isStrict });
  return isStrict && !lacksColumn(header) ? null : (text) => ({ ok: true, value: text });
}

/** An attribute that nobody knows may be the mandatory column that is missing, under another name. */
function lacksColumn(header: SheetHeader): boolean {
  return columnsOf(header.kind).some(({ position, field }) => position !== null && isInDoubt(header, field));
}

/** The value that the row gives to the attribute; `undefined` when it gives none, or one that is refused. */
function valueIn(row: RowInHand<unknown>, { column, read }: AttributeColumn): string | null | undefined {
  const cell = row.cells[column.position];
  if (cell === undefined || typeof cell === 'symbol') return undefined;
  const code = 'validateExternalProperties';
  if (read === null) refuse(row, { code, column, expected: undefinedAttribute });
  else if (cell === null) return null;
  else {
    const reading = read(cell);
    if (reading.ok) return reading.value;
    refuse(row, { code, column, expected: reading.expected });
  }
  return undefined;
}

/**
 * Inherits no names, since the sender chooses them: `__proto__` and `constructor` are names like any other. An object whose
 * prototype is `null` itself would be as safe, but the engine keeps such a one as a hash table.
 */
function withoutNames(): Values {
  return Object.create(noNames) as Values;
}
