import type { CheckedRow, RawRow, UserRecord } from '@rosterport/domain';
import { userChecker, type RuleContext } from '@rosterport/rules';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A judged row, and its phone as the library has it in E.164; `null` when it has no valid one. */
export interface JudgedRow {
  readonly checked: CheckedRow<UserRecord>;
  readonly phone: string | null;
}

/** Makes the peer of the rules: they judge all but the phone, which only the library judges. */
export function phonesByLibrary(context: RuleContext): (raw: RawRow) => JudgedRow {
  const { header } = context;
  const position = header.columns.findIndex(({ field }) => field === 'phoneNumber');
  const others = header.columns.filter(({ field }) => field !== 'phoneNumber');
  // A column of which nobody knows what it is is not judged, and its cells are nobody's surplus.
  const doubt = { fields: [], columns: header.columns.filter(({ field }) => field === 'phoneNumber') };
  const check = userChecker({ ...context, header: { ...header, columns: others, inDoubt: doubt } });
  return (raw) => {
    const number = parsePhoneNumberFromString(raw.cells[position] ?? '', { extract: false });
    return { checked: check(raw), phone: number?.isValid() === true ? number.number : null };
  };
}
