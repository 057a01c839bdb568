import { describe, expect, test } from '@jest/globals';
import { temporaryFolder, testDatabase } from '@rosterport/testing';
import { everyForm, formName, leastForms, workbookForms, type Form } from './forms.ts';
import { tell } from './tell.ts';
import type { Case } from './words.ts';

/** One case told in one form. */
interface Telling {
  readonly told: Case;
  readonly form: Form;
}

/**
 * A chapter of the contract. Its cases are told in turn in all forms, one form each. Where there are few cases, they go round
 * again until every format has had its turn in both dialects.
 */
export function chapter(title: string, cases: readonly Case[]): void {
  const ground = testGround();
  const tellings = tellingsOf(cases);
  describe(title, () => {
    test.each(tellings.map(({ told, form }) => [told.says, formName(form), { told, form }] as const))('%s (%s)', (_says, _name, { told, form }) =>
      tell(ground(), told, form),
    );

    test('is told in every format and in both dialects of each', () => {
      const told = new Set(tellings.map(({ form }) => formName(form)));
      expect(leastForms.map(formName).filter((name) => !told.has(name))).toEqual([]);
    });
  });
}

/** The database and folder on which the companies of a test file stand; to be asked within a test. */
export function testGround(): () => { database: ReturnType<typeof testDatabase>['db']; folder: string } {
  const at = testDatabase();
  const folder = temporaryFolder();
  return () => ({ database: at.db, folder });
}

function tellingsOf(cases: readonly Case[]): readonly Telling[] {
  const hasBoth = ({ file }: Case): boolean => file.users !== undefined && file.groups !== undefined;
  return [
    ...rotated(cases.filter((told) => !hasBoth(told)), everyForm),
    ...rotated(cases.filter(hasBoth), workbookForms, { once: true }),
  ];
}

function rotated(cases: readonly Case[], forms: readonly Form[], { once = false } = {}): readonly Telling[] {
  const times = once || cases.length === 0 ? cases.length : Math.max(cases.length, leastForms.length);
  return Array.from({ length: times }, (_, index) => {
    // Each round begins with another case, so that none meets the same formats again.
    const round = Math.floor(index / cases.length);
    const [told, form] = [cases[(index + round) % cases.length], forms[index % forms.length]];
    if (told === undefined || form === undefined) throw new RangeError('There is a case and a form for every index.');
    return { told, form };
  });
}
