import { hasError } from '@rosterport/domain';
import { findingsText, pen, sentence, type Pen } from '@rosterport/reports';
import type { FileCheck, RowWithFindings } from './check-file.ts';

/** What a check without a directory leaves open, for the report. */
export const notChecked = [
  'whether an e-mail or a phone belongs to somebody who is not in the file',
  'whether the groups, parent groups and managers that are not in the file are known',
  'whether a name stands for one group or person only',
  'whether people with Active 0 are known, and which attributes are new',
  'what would be created, updated or left as it is',
  'the policy of the feed: the usual one is taken, which rejects faulty rows alone',
] as const;

const shownRows = 20;

/** The report of a check for people. */
export async function* checkText(name: string, check: FileCheck, colour: boolean): AsyncGenerator<string> {
  const line = pen(colour);
  const { read, withErrors, withWarnings } = check.numbers;
  yield line(headline(name, check), check.ok ? 'good' : 'error');
  yield line();
  yield line(`Format                ${check.format ?? 'not known'}`, 'quiet');
  yield line(`Rows read             ${read}`, 'heading');
  yield line(`  with errors         ${withErrors}`);
  yield line(`  with warnings only  ${withWarnings}`);
  yield* findingsText(check.issues, line);
  yield* rowsText(check.rows(), line);
  yield line();
  yield line('Not checked, since it needs the directory', 'heading');
  for (const text of notChecked) yield line(`  ${text}`, 'quiet');
}

function headline(name: string, { ok, issues, numbers: { read, withErrors } }: FileCheck): string {
  if (hasError(issues.file)) return `${name}: the file would be rejected as a whole.`;
  if (ok) return `${name}: no errors in ${read} ${read === 1 ? 'row' : 'rows'}.`;
  return `${name}: ${withErrors} of ${read} rows would be rejected.`;
}

async function* rowsText(rows: AsyncIterable<RowWithFindings>, line: Pen): AsyncGenerator<string> {
  let shown = 0;
  for await (const { sheet, row, externalId, issues } of rows) {
    if (shown === 0) {
      yield line();
      yield line('Rows with findings', 'heading');
    }
    if (shown === shownRows) {
      yield line();
      yield line('More rows have findings; --json lists them all.', 'quiet');
      return;
    }
    shown += 1;
    const tone = hasError(issues) ? 'error' : 'warning';
    const [first = '', ...others] = issues.map(sentence);
    yield line(`  ${sheet === null ? 'Row' : `${sheet} row`} ${row}${externalId === null ? '' : ` (${externalId})`}: ${tone} — ${first}`, tone);
    for (const other of others) yield line(`    and ${other}`, tone);
  }
}

/** The same as one JSON value, each row on a line of its own. */
export async function* checkJson(name: string, check: FileCheck): AsyncGenerator<string> {
  const { format, ok, numbers, issues } = check;
  yield `${JSON.stringify({ fileName: name, format, ok, counts: numbers, issues, notChecked }).slice(0, -1)},"rows":[`;
  let separator = '\n';
  for await (const row of check.rows()) {
    yield separator + JSON.stringify(row);
    separator = ',\n';
  }
  yield '\n]}\n';
}
