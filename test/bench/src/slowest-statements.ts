import type { Statement } from './result.ts';

/** A line of the server's log that tells how long a statement ran, with the beginning of the statement. */
const told = /LOG: {2}duration: ([\d.]+) ms {2}(?:statement|(?:parse|bind|execute) [^:]*): ?(.*)$/;

const shownCharacters = 160;

/**
 * The statements of a server's log (`log_min_duration_statement`) that took the most time in all, the slowest first. Runs of
 * one text are added up; parsing and binding it count into its time and not into its runs.
 */
export function slowestStatements(log: string, count: number): readonly Statement[] {
  const found = new Map<string, { runs: number; seconds: number }>();
  for (const { head, text } of entries(log)) {
    const [, milliseconds, begin] = told.exec(head) ?? [];
    if (milliseconds === undefined || begin === undefined) continue;
    const sql = [begin, ...text].join(' ').replaceAll(/\s+/g, ' ').trim();
    const statement = found.get(sql) ?? { runs: 0, seconds: 0 };
    found.set(sql, statement);
    statement.seconds += Number(milliseconds) / 1_000;
    if (!/ ms {2}(?:parse|bind) /.test(head)) statement.runs += 1;
  }
  return [...found]
    .map(([sql, numbers]) => ({ sql: shorten(sql), ...numbers }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, count);
}

/** A message begins at the margin; its further lines are indented by a tab. */
function entries(log: string): readonly { readonly head: string; readonly text: readonly string[] }[] {
  const list: { head: string; text: string[] }[] = [];
  for (const line of log.split('\n')) {
    if (line.startsWith('\t')) list.at(-1)?.text.push(line);
    else list.push({ head: line, text: [] });
  }
  return list;
}

function shorten(sql: string): string {
  return sql.length <= shownCharacters ? sql : `${sql.slice(0, shownCharacters - 1)}…`;
}
