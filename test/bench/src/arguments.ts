import { parseArgs } from 'node:util';
import { cases, type Case } from './result.ts';

/** What to measure. */
export interface IngestOptions {
  readonly case: Case;
  readonly rows: number;
  readonly repeats: number;
  /** How many of the slowest statements to name; with 0 the server is not asked to keep them. */
  readonly statements: number;
}

/** What the arguments ask for. */
export type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly problem: string }
  | { readonly kind: 'ingest'; readonly options: IngestOptions; readonly json: boolean };

/** The text of `--help`. */
export const help = `Usage: pnpm bench ingest [options]

Generates a file of users, takes it through the pipeline on an embedded PostgreSQL, and takes the same rows by COPY and one
INSERT … ON CONFLICT into a table on the same server as the floor.

Options:
  --case first|daily  into a directory without people, or over the same people with one percent changed (first)
  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians, and the two take turns in going first (1)
  --statements N      also name the N statements that took the most time; this slows the pipeline a little (0)
  --json              one JSON object on standard output instead of a table
  --help              this text

Exit codes: 0 measured, 1 something broke or the outcome was wrong, 2 wrong arguments, 130 interrupted.
`;

const limits = { rows: [1, 1_000_000], repeats: [1, 25], statements: [0, 100] } as const;

/** Reads the arguments after the name of the program. */
export function readArguments(argv: readonly string[]): Wish {
  try {
    return read(argv);
  } catch (error) {
    return { kind: 'mistake', problem: error instanceof Error ? error.message : String(error) };
  }
}

function read(argv: readonly string[]): Wish {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      case: { type: 'string', default: 'first' },
      rows: { type: 'string', default: '100000' },
      repeats: { type: 'string', default: '1' },
      statements: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { kind: 'help' };
  if (positionals.length !== 1 || positionals[0] !== 'ingest') return mistake('Name what to measure: ingest.');
  const chosen = cases.find((name) => name === values.case);
  if (chosen === undefined) return mistake(`--case must be one of ${cases.join(', ')}.`);
  for (const name of ['rows', 'repeats', 'statements'] as const) {
    const [least, most] = limits[name];
    if (!isBetween(values[name], least, most)) return mistake(`--${name} must be a whole number from ${least} to ${most}.`);
  }
  const [rows, repeats, statements] = [Number(values.rows), Number(values.repeats), Number(values.statements)];
  return { kind: 'ingest', options: { case: chosen, rows, repeats, statements }, json: values.json };
}

function mistake(problem: string): Wish {
  return { kind: 'mistake', problem };
}

function isBetween(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
