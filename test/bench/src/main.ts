import { help, readArguments, type Wish } from './arguments.ts';
import { guard } from './guard/guard.ts';
import { measureIngest } from './ingest.ts';
import { resultTable } from './result-table.ts';
import { measureReport } from './report/measure-report.ts';
import { reportTable } from './report/report-table.ts';
import { measureRules } from './rules/measure-rules.ts';
import { rulesTable } from './rules/rules-table.ts';
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
      return measured(async (signal) => {
        const result = await measureIngest(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : resultTable(result);
      });
    case 'sftp':
      return measured(async (signal) => {
        const result = await measureSftp(wish.options, signal);
        return wish.json ? `${JSON.stringify(flatResult(result))}\n` : sftpTable(result);
      });
    case 'xlsx':
      return measured(async (signal) => {
        const result = await measureXlsx(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : xlsxTable(result);
      });
    case 'rules':
      return measured(async (signal) => {
        const result = await measureRules(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : rulesTable(result);
      });
    case 'report':
      return measured(async (signal) => {
        const result = await measureReport(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : reportTable(result);
      });
    case 'small':
      return measured(async (signal) => {
        const result = await measureSmall(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : smallTable(result);
      });
    case 'tenants':
      return measured(async (signal) => {
        const result = await measureTenants(wish.options, signal);
        return wish.json ? `${JSON.stringify(result)}\n` : tenantsTable(result);
      });
    case 'guard':
      return guarded();
  }
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
