import { describe, expect, test } from '@jest/globals';
import { explain } from './explain.ts';
import { issueCatalogue, issueCodes } from './issue-catalogue.ts';

describe('explain', () => {
  test.each([
    ['validateMandatoryValues', 'The cell has no value.'],
    ['validateThatPhoneNumberIsCorrect', 'The cell is not a correct phone number.'],
    ['validateLanguage', 'The cell is not a language tag.'],
    ['validateNewAttributes', 'The file defines attributes that were not known.'],
    ['validateNoEmailDuplicates', 'The cell belongs to more than one person.'],
    ['validateActive', 'The cell is …; it must be 1, 0 or empty.'],
    ['validateGroupExists', 'The group … was not known.'],
    ['validateEmptiedColumns', 'A column would become empty for …; at most … pass without approval.'],
    ['validateDeactivationShare', 'The file would deactivate …; at most … pass without approval.'],
    ['validateNoConflictingRows', 'The cell differs between the rows of …'],
  ])('says what %s means', (code, meaning) => {
    expect(explain(code).meaning).toBe(meaning);
  });

  test.each(issueCodes)('leaves no gap in the sentence of %s', (code) => {
    const { meaning, mend } = explain(code);
    expect(meaning).toMatch(/^[A-Z…].*[.…]$/);
    expect(meaning).not.toMatch(/[{}]/);
    expect(mend).toBe(issueCatalogue[code].mend);
  });

  test.each(['validateWhatever', 'constructor', '__proto__'])('shows the unknown code %s as it is', (code) => {
    expect(explain(code)).toEqual({ meaning: code, mend: '' });
  });
});
