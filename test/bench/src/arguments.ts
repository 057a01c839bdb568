import { parseArgs } from 'node:util';
import { largeIds } from '@rosterport/fixtures';
import type { ReportBenchOptions } from './report/report-result.ts';
import { cases, type IngestOptions } from './result.ts';
import type { RulesBenchOptions } from './rules/rules-result.ts';
import type { SmallBenchOptions } from './small/small-result.ts';
import { media, sftpCases, type SftpBenchOptions } from './sftp/sftp-result.ts';
import type { SizesBenchOptions } from './sizes/sizes-result.ts';
import type { TenantsBenchOptions } from './tenants/tenants-result.ts';
import { readers as xlsxReaders, type XlsxBenchOptions } from './xlsx/xlsx-result.ts';

/** What the arguments ask for. */
export type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly problem: string }
  | { readonly kind: 'ingest'; readonly options: IngestOptions; readonly json: boolean }
  | { readonly kind: 'sizes'; readonly options: SizesBenchOptions; readonly json: boolean }
  | { readonly kind: 'sftp'; readonly options: SftpBenchOptions; readonly json: boolean }
  | { readonly kind: 'xlsx'; readonly options: XlsxBenchOptions; readonly json: boolean }
  | { readonly kind: 'rules'; readonly options: RulesBenchOptions; readonly json: boolean }
  | { readonly kind: 'report'; readonly options: ReportBenchOptions; readonly json: boolean }
  | { readonly kind: 'small'; readonly options: SmallBenchOptions; readonly json: boolean }
  | { readonly kind: 'tenants'; readonly options: TenantsBenchOptions; readonly json: boolean }
  | { readonly kind: 'guard' };

const limits = {
  rows: [1, 1_000_000],
  'big-rows': [1, 1_000_000],
  tenants: [1, 1_000],
  repeats: [1, 25],
  statements: [0, 100],
  faulty: [0, 20],
} as const;

/** The least and the most rows of a file that goes the whole way. */
const ingestRows = [1, 5_000_000] as const;

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
      ids: { type: 'string' },
      faulty: { type: 'string' },
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
  if (more.length > 0 || !isSubject(what)) return mistake('Name what to measure: ingest, sizes, sftp, xlsx, rules, report, small, tenants or guard.');
  for (const name of optionNames) {
    if (values[name] !== undefined && !options[what].includes(name)) return mistake(`--${name} is not an option of ${what}.`);
  }
  return readers[what](values);
}

const optionNames = ['case', 'rows', 'repeats', 'statements', 'ids', 'faulty', 'medium', 'profile', 'alone', 'tenants', 'big-rows'] as const;

/** What can be measured, with the options that it has besides `--json`. */
const options: Readonly<Record<keyof typeof readers, readonly (typeof optionNames)[number][]>> = {
  ingest: ['case', 'rows', 'ids', 'faulty', 'repeats', 'statements'],
  sizes: ['case', 'rows', 'ids', 'faulty', 'repeats'],
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
  readonly ids?: string | undefined;
  readonly faulty?: string | undefined;
  readonly medium?: string | undefined;
  readonly profile?: string | undefined;
  readonly alone?: boolean | undefined;
  readonly tenants?: string | undefined;
  readonly 'big-rows'?: string | undefined;
  readonly json: boolean;
}

function readIngest({ rows = '100000', statements = '0', json, ...values }: Values): Wish {
  const company = readCompany(values);
  if (typeof company === 'string') return mistake(company);
  const problem = rowsProblem([rows]) ?? numberProblem({ statements });
  if (problem !== null) return mistake(problem);
  return { kind: 'ingest', options: { ...company, rows: Number(rows), statements: Number(statements) }, json };
}

function readSizes({ rows = '10000,100000,1000000', json, ...values }: Values): Wish {
  const company = readCompany(values);
  if (typeof company === 'string') return mistake(company);
  const sizes = rows.split(',');
  const problem = rowsProblem(sizes);
  return problem === null ? { kind: 'sizes', options: { ...company, sizes: sizes.map(Number) }, json } : mistake(problem);
}

/** What ingest and sizes have in common, or what is wrong with it. */
function readCompany(values: Omit<Values, 'json'>): Omit<IngestOptions, 'rows' | 'statements'> | string {
  const { case: name = 'first', ids: way = 'ascending', faulty = '0', repeats = '1' } = values;
  const chosen = cases.find((known) => known === name);
  if (chosen === undefined) return `--case must be one of ${cases.join(', ')}.`;
  const ids = largeIds.find((known) => known === way);
  if (ids === undefined) return `--ids must be one of ${largeIds.join(', ')}.`;
  return numberProblem({ faulty, repeats }) ?? { case: chosen, ids, faulty: Number(faulty), repeats: Number(repeats) };
}

function rowsProblem(sizes: readonly string[]): string | null {
  const [least, most] = ingestRows;
  return sizes.every((size) => isBetween(size, least, most)) ? null : `--rows must be a whole number from ${least} to ${most}.`;
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
  sizes: readSizes,
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
