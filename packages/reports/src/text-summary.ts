import { countedRows, explain, splitIssues } from '@rosterport/domain';
import type { Job, JobIssues } from '@rosterport/domain';
import { changeFacts, changesHeading, guardsHeading, headline, jobFacts, removalNotices, resultFacts, type NumberFact } from './job-words.ts';
import type { Pen, Tone } from './pen.ts';

/** The lines of a text report above its changes, findings and rows. */
export function* summaryText(job: Job, line: Pen): Generator<string> {
  yield line(headline(job), toneOf(job));
  yield line();
  for (const [name, value] of jobFacts(job)) yield line(`${name.padEnd(10)}${value}`, 'quiet');
  yield line();
  yield* noticesText(job, line);
  if (job.kind === 'file') {
    const [total = '', ...verdicts] = aligned([['Rows read', countedRows(job.counts)], ...indented(resultFacts(job))]);
    yield line(total, 'heading');
    for (const text of verdicts) yield line(text);
  }
  yield* changesText(job, line);
  yield* guardsText(job, line);
}

/** Which guards spoke, and what to look at while there is something to decide. */
function* guardsText(job: Job, line: Pen): Generator<string> {
  const { guards } = splitIssues(job.issues);
  if (guards.length === 0) return;
  yield line();
  yield line(guardsHeading(job), 'heading');
  for (const found of guards) {
    yield line(`  ${found.code}`, found.severity);
    yield line(`    ${found.message}`);
    if (job.state === 'held') yield line(`    To decide: ${explain(found.code).mend}`);
  }
}

/** The lines about what was found: the findings about the file in full, then those about rows one code at a time. */
export function* findingsText(issues: JobIssues, line: Pen): Generator<string> {
  yield* fileFindings(issues, line);
  yield* rowFindings(issues, line);
}

function* noticesText(job: Job, line: Pen): Generator<string> {
  const notices = removalNotices(job);
  for (const notice of notices) yield line(notice, 'warning');
  if (notices.length > 0) yield line();
}

function toneOf(job: Job): Tone {
  if (job.state === 'rejected' || job.state === 'failed') return 'error';
  if (job.state !== 'applied' && job.state !== 'previewed') return 'warning';
  return job.counts.rejected > 0 ? 'warning' : 'good';
}

function* changesText(job: Job, line: Pen): Generator<string> {
  const changes = changeFacts(job.changes);
  if (changes.length === 0) return;
  if (job.kind === 'file') yield line();
  yield line(changesHeading(job), 'heading');
  for (const text of aligned(indented(changes))) yield line(text);
}

function indented(facts: readonly NumberFact[]): readonly NumberFact[] {
  return facts.map(([name, value]) => [`  ${name}`, value]);
}

/** One text a fact: names to the left, numbers to the right. */
function aligned(facts: readonly NumberFact[]): readonly string[] {
  const left = Math.max(...facts.map(([name]) => name.length));
  const right = Math.max(...facts.map(([, value]) => String(value).length));
  return facts.map(([name, value]) => `${name.padEnd(left)}  ${String(value).padStart(right)}`);
}

function* fileFindings({ file }: JobIssues, line: Pen): Generator<string> {
  if (file.length === 0) return;
  yield line();
  yield line('Findings about the file', 'heading');
  for (const found of file) {
    const sheet = found.sheet === null ? '' : `sheet ${found.sheet}: `;
    yield line(`  ${found.severity}  ${found.code}`, found.severity);
    yield line(`    ${sheet}${found.message}`);
    yield line(`    To mend: ${explain(found.code).mend}`);
  }
}

function* rowFindings({ rows }: JobIssues, line: Pen): Generator<string> {
  if (rows.length === 0) return;
  yield line();
  yield line('Findings in rows', 'heading');
  for (const { code, severity, count } of rows) {
    const { meaning, mend } = explain(code);
    yield line(`  ${severity}  ${code}, ${count === 1 ? 'once' : `${count} times`}`, severity);
    if (meaning !== code) yield line(`    ${meaning}`);
    if (mend !== '') yield line(`    To mend: ${mend}`);
  }
}
