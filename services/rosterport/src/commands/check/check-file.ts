import { hasError, type Issue, type JobIssues } from '@rosterport/domain';
import { detect, type ByteSource, type DetectOptions, type Format } from '@rosterport/formats';
import { checkedLines, isLine, type CheckedLine, type ReadableFile } from './checked-lines.ts';
import { findGroupCycles } from './group-cycles.ts';
import { keyOf, rowKey, sharedKeysOf } from './line-keys.ts';
import { allIssues, type SetFinding, type SetFindings } from './set-finding.ts';
import { applySetRules } from './set-rules.ts';
import { makeSieve } from './sieve.ts';
import { makeTally, type RowNumbers, type Tally } from './tally.ts';

/** A row with findings. */
export interface RowWithFindings {
  readonly sheet: string | null;
  readonly row: number;
  readonly externalId: string | null;
  readonly issues: readonly Issue[];
}

/** What can be said about a file without the directory. */
export interface FileCheck {
  /** `null` when the content is of no format that is read. */
  readonly format: Format | null;
  /** True when there is no error. */
  readonly ok: boolean;
  readonly numbers: RowNumbers;
  readonly issues: JobIssues;
  /** The rows with findings, in file order; reads the file once more. */
  rows(): AsyncIterable<RowWithFindings>;
}

/**
 * Checks a file: what it is, each row by its rules, and what its rows say about each other. Reads it twice where rows may
 * contradict each other. Memory grows by a few dozen bytes a row, and by the groups and the rows that share a value.
 * Throws only what the source throws.
 */
export async function checkFile(source: ByteSource, options: DetectOptions): Promise<FileCheck> {
  const detected = await detect(source, options);
  const tables = detected.ok ? detected : detected.readable;
  if (tables === null) {
    return { format: detected.format, ok: false, numbers: makeTally().numbers(), issues: { file: detected.issues, rows: [] }, rows: none };
  }
  const file: ReadableFile = { source, tables, options };
  const tally = makeTally();
  const first = await readOnce(file, tally);
  const suspects = await suspectsOf(file, first);
  const findings = applySetRules(suspects, first.parents);
  for (const line of suspects) tally.recount(line.row.issues, allIssues(line, findingsOf(line, findings)));
  // A refused file was read to its end already.
  const fileIssues = detected.ok ? [...detected.issues, ...first.fileIssues] : detected.issues;
  const numbers = tally.numbers();
  return {
    format: detected.format,
    ok: !hasError(fileIssues) && numbers.withErrors === 0,
    numbers,
    issues: { file: fileIssues, rows: tally.codes() },
    rows: () => rowsWithFindings(file, findings),
  };
}

interface FirstReading {
  readonly fileIssues: readonly Issue[];
  /** The parent of each group whose own values are right. */
  readonly parents: ReadonlyMap<string, string>;
  /** True for a row that may contradict another one. */
  readonly mayContradict: ((line: CheckedLine) => boolean) | null;
}

async function readOnce(file: ReadableFile, tally: Tally): Promise<FirstReading> {
  const fileIssues: Issue[] = [];
  const parents = new Map<string, string>();
  const sieve = makeSieve();
  for await (const found of checkedLines(file)) {
    if (!isLine(found)) {
      fileIssues.push(found);
      continue;
    }
    tally.count(found.row.issues);
    for (const key of sharedKeysOf(found)) sieve.add(key);
    const parent = found.kind === 'groups' ? found.row.record?.parent : null;
    if (found.row.externalId !== null && parent != null) parents.set(found.row.externalId, parent);
  }
  const circles = findGroupCycles(parents);
  const isCircular = ({ kind, row }: CheckedLine): boolean => kind === 'groups' && row.externalId !== null && circles.has(row.externalId);
  const mayContradict = (line: CheckedLine): boolean => isCircular(line) || sharedKeysOf(line).some((key) => sieve.caught(key));
  return { fileIssues, parents, mayContradict: sieve.isEmpty() && circles.size === 0 ? null : mayContradict };
}

async function suspectsOf(file: ReadableFile, { mayContradict }: FirstReading): Promise<readonly CheckedLine[]> {
  if (mayContradict === null) return [];
  const suspects: CheckedLine[] = [];
  for await (const found of checkedLines(file)) if (isLine(found) && mayContradict(found)) suspects.push(found);
  return suspects;
}

/** What was found about the person or group, and about the row alone. */
function findingsOf(line: CheckedLine, findings: SetFindings): readonly SetFinding[] {
  const [key, own] = [keyOf(line), rowKey(line)];
  return [...(findings.get(key) ?? []), ...(key === own ? [] : (findings.get(own) ?? []))];
}

async function* rowsWithFindings(file: ReadableFile, findings: SetFindings): AsyncGenerator<RowWithFindings> {
  for await (const found of checkedLines(file)) {
    if (!isLine(found)) continue;
    const issues = allIssues(found, findingsOf(found, findings));
    const { sheet, row, externalId } = found.row;
    if (issues.length > 0) yield { sheet, row, externalId, issues };
  }
}

async function* none(): AsyncGenerator<RowWithFindings> {
  // A file that was refused before its rows has none to show.
}
