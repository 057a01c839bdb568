import type { ReportRow } from '@rosterport/domain';
import { inExcelWords } from './dialects.ts';
import type { Outcome } from './words.ts';

/** Rows of a report in the form of outcomes, their findings in alphabetical order and each once. */
export function shownOutcomes(rows: readonly ReportRow[]): readonly string[] {
  return rows.map(({ externalId, result, issues }) => {
    const findings = issues.map(({ code, column }) => (column === null ? code : `${code}@${inExcelWords(column)}`));
    return [externalId ?? '?', result, ...new Set(findings.sort())].join(' ');
  });
}

/** Expected outcomes in the form of `shownOutcomes`. Ids have no spaces. */
export function expectedOutcomes(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.map((outcome) => {
    const [id, result, ...findings] = (typeof outcome === 'string' ? outcome : outcome.row).split(' ');
    return [id, result, ...findings.sort()].join(' ');
  });
}

/** What the messages of rows fail to name. */
export function unnamed(rows: readonly ReportRow[], outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.flatMap((outcome, index) => {
    if (typeof outcome === 'string') return [];
    const told = (rows[index]?.issues ?? []).map(({ message }) => message).join('\n');
    return outcome.names.filter((name) => !told.includes(name)).map((name) => `${outcome.row}: ${name}`);
  });
}
