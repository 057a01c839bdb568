import { active } from './rules/active.ts';
import { attributes } from './rules/attributes.ts';
import { characters } from './rules/characters.ts';
import { damagedNumbers } from './rules/damaged-numbers.ts';
import { email } from './rules/email.ts';
import { emailOrPhoneNumber } from './rules/email-or-phone-number.ts';
import { groupTexts } from './rules/group-texts.ts';
import { groups } from './rules/groups.ts';
import { invisibleCharacters } from './rules/invisible-characters.ts';
import { isManager } from './rules/is-manager.ts';
import { language } from './rules/language.ts';
import { manager } from './rules/manager.ts';
import { mandatoryValues } from './rules/mandatory-values.ts';
import { names } from './rules/names.ts';
import { phoneNumber } from './rules/phone-number.ts';
import { rowCells } from './rules/row-cells.ts';
import { spreadsheetErrors } from './rules/spreadsheet-errors.ts';
import { valueLength } from './rules/value-length.ts';
import type { GroupRule, UserRule } from './rule.ts';

/** What every row is asked first, in this order: a cell that one of them refuses is not asked again. */
const everyRow = [rowCells, invisibleCharacters, damagedNumbers, spreadsheetErrors, characters, valueLength, mandatoryValues];

/** The rules for a row of users, in the order in which they are asked. */
export const userRules: readonly UserRule[] = [
  ...everyRow,
  emailOrPhoneNumber,
  names,
  email,
  phoneNumber,
  isManager,
  groups,
  manager,
  active,
  language,
  attributes,
];

/** The rules for a row of groups, in the order in which they are asked. */
export const groupRules: readonly GroupRule[] = [...everyRow, groupTexts];
