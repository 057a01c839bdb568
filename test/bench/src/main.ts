import { readArguments, type Wish } from './arguments.ts';
import { guard } from './guard/guard.ts';
import { help } from './help.ts';
import { measureIngest } from './ingest.ts';
import { resultTable } from './result-table.ts';
import { measureReport } from './report/measure-report.ts';
import { reportTable } from './report/report-table.ts';
import { measureRules } from './rules/measure-rules.ts';
import { rulesTable } from './rules/rules-table.ts';
import { measureSizes } from './sizes/measure-sizes.ts';
import { sizesTable } from './sizes/sizes-table.ts';
import { measureSmall } from './small/measure-small.ts';
import { smallTable } from './small/small-table.ts';
import { measureSftp } from './sftp/measure-sftp.ts';
import { flatResult } from './sftp/sftp-result.ts';
import { sftpTable } from './sftp/sftp-table.ts';
import { measureTenants } from './tenants/measure-tenants.ts';
import { tenantsTable } from './tenants/tenants-table.ts';
import { measureXlsx } from './xlsx/measure-xlsx.ts';
import { xlsxTable } from './xlsx/xlsx-table.ts';

/** Exit codes that a script can trust; the help tells them. */
const codes = { measured: 0, broken: 1, mistake: 2, interrupted: 130 } as const;

process.exitCode = await main(readArguments(process.argv.slice(2)));

async function main(wish: Wish): Promise<number> {
  switch (wish.kind) {
    case 'help':
      process.stdout.write(help);
      return codes.measured;
    case 'mistake':
      process.stderr.write(`${wish.problem}\nSee --help.\n`);
      return codes.mistake;
    case 'ingest':
      return told(measureIngest, wish, { table: resultTable });
    case 'sizes':
      return told(measureSizes, wish, { table: sizesTable });
    case 'sftp':
      return told(measureSftp, wish, { table: sftpTable, flat: flatResult });
    case 'xlsx':
      return told(measureXlsx, wish, { table: xlsxTable });
    case 'rules':
      return told(measureRules, wish, { table: rulesTable });
    case 'report':
      return told(measureReport, wish, { table: reportTable });
    case 'small':
      return told(measureSmall, wish, { table: smallTable });
    case 'tenants':
      return told(measureTenants, wish, { table: tenantsTable });
    case 'guard':
      return guarded();
  }
}

/** How a result is told: to people, and to programs where that is not the result as it is. */
interface Forms<Result> {
  readonly table: (result: Result) => string;
  readonly flat?: (result: Result) => object;
}

/** Measures and prints what the wish asks for. */
function told<Options, Result>(
  measure: (options: Options, signal: AbortSignal) => Promise<Result>,
  { options, json }: { readonly options: Options; readonly json: boolean },
  { table, flat }: Forms<Result>,
): Promise<number> {
  return measured(async (signal) => {
    const result = await measure(options, signal);
    return json ? `${JSON.stringify(flat?.(result) ?? result)}\n` : table(result);
  });
}

/** A ratio that is worse than it may be counts as something that broke. */
async function guarded(): Promise<number> {
  const verdicts: boolean[] = [];
  const code = await measured(async (signal) => {
    const { passed, text } = await guard(signal);
    verdicts.push(passed);
    return text;
  });
  return verdicts.includes(false) ? codes.broken : code;
}

/** Measures until a signal asks for the end, and prints the text that comes out. */
async function measured(measure: (signal: AbortSignal) => Promise<string>): Promise<number> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    process.stdout.write(await measure(interruption.signal));
    return codes.measured;
  } catch (error) {
    if (interruption.signal.aborted) return codes.interrupted;
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return codes.broken;
  }
}
