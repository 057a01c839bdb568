import { parseArgs } from 'node:util';
import type { ReportBenchOptions } from './report/report-result.ts';
import { cases, type Case } from './result.ts';
import type { RulesBenchOptions } from './rules/rules-result.ts';
import type { SmallBenchOptions } from './small/small-result.ts';
import { media, sftpCases, type SftpBenchOptions } from './sftp/sftp-result.ts';
import type { TenantsBenchOptions } from './tenants/tenants-result.ts';
import { readers as xlsxReaders, type XlsxBenchOptions } from './xlsx/xlsx-result.ts';

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
  | { readonly kind: 'ingest'; readonly options: IngestOptions; readonly json: boolean }
  | { readonly kind: 'sftp'; readonly options: SftpBenchOptions; readonly json: boolean }
  | { readonly kind: 'xlsx'; readonly options: XlsxBenchOptions; readonly json: boolean }
  | { readonly kind: 'rules'; readonly options: RulesBenchOptions; readonly json: boolean }
  | { readonly kind: 'report'; readonly options: ReportBenchOptions; readonly json: boolean }
  | { readonly kind: 'small'; readonly options: SmallBenchOptions; readonly json: boolean }
  | { readonly kind: 'tenants'; readonly options: TenantsBenchOptions; readonly json: boolean }
  | { readonly kind: 'guard' };

/** The text of `--help`. */
export const help = `Usage: pnpm bench ingest [options]
       pnpm bench sftp [options]
       pnpm bench xlsx [options]
       pnpm bench rules [options]
       pnpm bench report [options]
       pnpm bench small [options]
       pnpm bench tenants [options]
       pnpm bench guard

ingest generates a file of users, takes it through the pipeline on an embedded PostgreSQL, and takes the same rows by COPY and one
INSERT … ON CONFLICT into a table on the same server as the floor.

  --case first|daily  into a directory without people, or over the same people with one percent changed (first)
  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians, and the two take turns in going first (1)
  --statements N      also name the N statements that took the most time; this slows the pipeline a little (0)

sftp uploads with OpenSSH's sftp to the gateway and to an sshd of its own, in turns. It wants root, /usr/sbin/sshd and 3 GiB in
/dev/shm.

  --case NAME         only ${sftpCases.join(', ')} (all that the medium has)
  --medium memory|disk  where both keep what they receive; on disk sshd is made to sync each file (memory)
  --repeats N         how many times, 1 to 25; shows medians, and the two take turns in going first (3)
  --profile FOLDER    leaves a CPU profile of the gateway there

xlsx generates two workbooks of users, one with shared and one with inline texts, and has each read to its end by our reader, by
exceljs' streaming reader and by SheetJS, in turns and in a process each.

  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians (3)
  --alone             only ours, without ratios
  --profile FOLDER    leaves CPU profiles of ours there

rules judges the rows of a generated file of users, and the same rows with the phone library alone for the phones, in turns.

  --rows N            data rows, 1 to 1000000 (200000)
  --repeats N         how many times, 1 to 25; shows medians (3)

report keeps the row results of a job of which one row in a hundred is not as usual, and asks for pages of them, beside a table with
a row for each result in the same database.

  --rows N            data rows, 1 to 1000000 (100000)
  --repeats N         how many times, 1 to 25; shows medians (1)

small takes files of a few rows through a processor that is at work: one after the other, beside what their statements take in the
database; 50 of as many tenants at once; and 50 beside a big file of another tenant.

  --rows N            data rows of a small file, 1 to 1000000 (100)
  --big-rows N        data rows of the big file, 1 to 1000000 (50000)

tenants has a file of each of many tenants worked off by one processor and by two, and one file of as many rows in all by one. All
are full files of which one row in twenty has changed.

  --tenants N         how many, 1 to 1000 (200)
  --rows N            data rows of each tenant, 1 to 1000000; all together no more than 1000000 (1000)
  --repeats N         how many times, 1 to 25; shows medians (1)

guard measures a small size of each and compares the ratios with those that are committed. It takes no options.

All but guard:
  --json              one JSON object on standard output instead of a table
  --help              this text

Exit codes: 0 measured, 1 something broke or the outcome was wrong, 2 wrong arguments, 130 interrupted.
`;

const limits = { rows: [1, 1_000_000], 'big-rows': [1, 1_000_000], tenants: [1, 1_000], repeats: [1, 25], statements: [0, 100] } as const;

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
      case: { type: 'string' },
      rows: { type: 'string' },
      repeats: { type: 'string' },
      statements: { type: 'string' },
      medium: { type: 'string' },
      profile: { type: 'string' },
      alone: { type: 'boolean' },
      tenants: { type: 'string' },
      'big-rows': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return { kind: 'help' };
  const [what, ...more] = positionals;
  if (more.length > 0 || !isSubject(what)) return mistake('Name what to measure: ingest, sftp, xlsx, rules, report, small, tenants or guard.');
  for (const name of optionNames) {
    if (values[name] !== undefined && !options[what].includes(name)) return mistake(`--${name} is not an option of ${what}.`);
  }
  return readers[what](values);
}

const optionNames = ['case', 'rows', 'repeats', 'statements', 'medium', 'profile', 'alone', 'tenants', 'big-rows'] as const;

/** What can be measured, with the options that it has besides `--json`. */
const options: Readonly<Record<keyof typeof readers, readonly (typeof optionNames)[number][]>> = {
  ingest: ['case', 'rows', 'repeats', 'statements'],
  sftp: ['case', 'repeats', 'medium', 'profile'],
  xlsx: ['rows', 'repeats', 'profile', 'alone'],
  rules: ['rows', 'repeats'],
  report: ['rows', 'repeats'],
  small: ['rows', 'big-rows'],
  tenants: ['rows', 'repeats', 'tenants'],
  guard: [],
};

function isSubject(what: string | undefined): what is keyof typeof options {
  return what !== undefined && Object.hasOwn(options, what);
}

interface Values {
  readonly case?: string | undefined;
  readonly rows?: string | undefined;
  readonly repeats?: string | undefined;
  readonly statements?: string | undefined;
  readonly medium?: string | undefined;
  readonly profile?: string | undefined;
  readonly alone?: boolean | undefined;
  readonly tenants?: string | undefined;
  readonly 'big-rows'?: string | undefined;
  readonly json: boolean;
}

function readIngest({ case: name = 'first', rows = '100000', repeats = '1', statements = '0', json }: Values): Wish {
  const chosen = cases.find((known) => known === name);
  if (chosen === undefined) return mistake(`--case must be one of ${cases.join(', ')}.`);
  const problem = numberProblem({ rows, repeats, statements });
  if (problem !== null) return mistake(problem);
  const numbers = { rows: Number(rows), repeats: Number(repeats), statements: Number(statements) };
  return { kind: 'ingest', options: { case: chosen, ...numbers }, json };
}

function readSftp({ case: name, medium: where = 'memory', repeats = '3', profile, json }: Values): Wish {
  const medium = media.find((known) => known === where);
  if (medium === undefined) return mistake(`--medium must be one of ${media.join(', ')}.`);
  const possible = sftpCases.filter((known) => medium === 'memory' || onDisk.has(known));
  const chosen = possible.filter((known) => name === undefined || known === name);
  if (chosen.length === 0) return mistake(`--case must be one of ${possible.join(', ')}.`);
  const problem = numberProblem({ repeats });
  if (problem !== null) return mistake(problem);
  return { kind: 'sftp', options: { cases: chosen, repeats: Number(repeats), medium, profile: profile ?? null }, json };
}

function readXlsx({ rows = '100000', repeats = '3', alone = false, profile, json }: Values): Wish {
  const problem = numberProblem({ rows, repeats });
  if (problem !== null) return mistake(problem);
  const numbers = { rows: Number(rows), repeats: Number(repeats) };
  return { kind: 'xlsx', options: { ...numbers, readers: alone ? ['rosterport'] : xlsxReaders, profile: profile ?? null }, json };
}

function readRules({ rows = '200000', repeats = '3', json }: Values): Wish {
  const problem = numberProblem({ rows, repeats });
  return problem === null ? { kind: 'rules', options: { rows: Number(rows), repeats: Number(repeats) }, json } : mistake(problem);
}

function readReport({ rows = '100000', repeats = '1', json }: Values): Wish {
  const problem = numberProblem({ rows, repeats });
  return problem === null ? { kind: 'report', options: { rows: Number(rows), repeats: Number(repeats) }, json } : mistake(problem);
}

function readSmall({ rows = '100', 'big-rows': bigRows = '50000', json }: Values): Wish {
  const problem = numberProblem({ rows, 'big-rows': bigRows });
  return problem === null ? { kind: 'small', options: { rows: Number(rows), bigRows: Number(bigRows) }, json } : mistake(problem);
}

function readTenants({ tenants = '200', rows = '1000', repeats = '1', json }: Values): Wish {
  const problem = numberProblem({ tenants, rows, repeats });
  if (problem !== null) return mistake(problem);
  if (Number(tenants) * Number(rows) > 1_000_000) return mistake('All tenants together must not have more than 1000000 rows.');
  return { kind: 'tenants', options: { tenants: Number(tenants), rows: Number(rows), repeats: Number(repeats) }, json };
}

const readers = {
  ingest: readIngest,
  sftp: readSftp,
  xlsx: readXlsx,
  rules: readRules,
  report: readReport,
  small: readSmall,
  tenants: readTenants,
  guard: (): Wish => ({ kind: 'guard' }),
};

/** The cases in which it matters where files are kept. */
const onDisk: ReadonlySet<string> = new Set(['bulk', 'small1', 'small50']);

function numberProblem(texts: Readonly<Partial<Record<keyof typeof limits, string>>>): string | null {
  for (const [name, text] of Object.entries(texts)) {
    const [least, most] = limits[name as keyof typeof limits];
    if (!isBetween(text, least, most)) return `--${name} must be a whole number from ${least} to ${most}.`;
  }
  return null;
}

function mistake(problem: string): Wish {
  return { kind: 'mistake', problem };
}

function isBetween(text: string, least: number, most: number): boolean {
  return /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
