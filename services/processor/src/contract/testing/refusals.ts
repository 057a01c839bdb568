import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Table } from '@rosterport/fixtures';
import { splitIssues, type Issue, type IssueCode } from '@rosterport/domain';
import type { Ended } from '../../testing/ingest.ts';
import { testGround } from './chapter.ts';
import { Company } from './company.ts';
import { inDialect } from './dialects.ts';
import { everyForm, formName, workbookForms, type Form } from './forms.ts';

/** A finding about a file: its code, the header on which it stands if any, and what its message names besides. */
export type FileFinding = readonly [code: IssueCode, column: string | null, ...names: string[]];

/** Sheets of which nothing is applied, and every finding about them. The headers of users are in the words of the Excel dialect. */
export interface Refusal {
  readonly says: string;
  readonly tables: readonly Table[];
  readonly then: readonly FileFinding[];
}

/** How many forms each refusal is told in; all forms come up in turn. */
const tellings = 2;

/** A chapter about files that are refused as a whole. Nothing of them is applied, so one company stands for all. */
export function refusals(title: string, cases: readonly Refusal[]): void {
  const ground = testGround();
  let company: Company | undefined;
  beforeAll(async () => {
    company = await Company.found(ground());
  });
  afterAll(() => company?.close());

  describe(title, () => {
    const told = cases.flatMap((refusal, index) => formsFor(refusal, index).map((form) => ({ refusal, form })));
    test.each(told.map((one) => [one.refusal.says, formName(one.form), one] as const))('%s (%s)', async (_says, _name, { refusal, form }) => {
      const tables = refusal.tables.map((table) => inForm(table, form));
      checkRefused(await (company as Company).sendTables(tables, form.writer), refusal.then);
    });

    test('leaves the directory empty', async () => {
      expect(await company?.directory()).toEqual({ users: [], groups: [] });
    });
  });
}

/** Nothing of the file was applied, rows that could be read are told as faulty or skipped, and all findings about it are told. */
export function checkRefused({ job, rows }: Ended, findings: readonly FileFinding[]): void {
  expect({ failure: job.failure, state: job.state }).toEqual({ failure: null, state: 'rejected' });
  expect(rows.filter((row) => !['rejected', 'skipped'].includes(row.result))).toEqual([]);
  const { file } = splitIssues(job.issues);
  expect(file.map(shown).sort()).toEqual(findings.map(([code, column]) => (column === null ? code : `${code}@${unspaced(column)}`)).sort());
  expect(findings.filter((finding) => !file.some((issue) => tells(issue, finding)))).toEqual([]);
}

function shown({ code, column }: Issue): string {
  return column === null ? code : `${code}@${unspaced(column)}`;
}

function tells({ code, column, message }: Issue, [expected, header, ...names]: FileFinding): boolean {
  const isAbout = code === expected && (header === null || unspaced(column ?? '') === unspaced(header));
  return isAbout && names.every((name) => unspaced(message).includes(unspaced(name)));
}

/** The dialects differ in spaces and in one word. */
function unspaced(text: string): string {
  return text.replaceAll(' ', '').replaceAll('Groupmemberships', 'Department').replaceAll('(Optional)', '');
}

function inForm(table: Table, { dialect }: Form): Table {
  return table.sheet === 'Users' ? { ...table, header: inDialect(table.header, dialect) } : table;
}

function formsFor({ tables }: Refusal, index: number): readonly Form[] {
  const forms = tables.length > 1 ? workbookForms : everyForm;
  return Array.from({ length: tellings }, (_, round) => forms[(index * tellings + round) % forms.length]).filter((form) => form !== undefined);
}
