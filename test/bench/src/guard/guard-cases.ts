import { measureIngest } from '../ingest.ts';
import { measureReport } from '../report/measure-report.ts';
import { measureRules } from '../rules/measure-rules.ts';
import { measureSmall } from '../small/measure-small.ts';
import { measureTenants } from '../tenants/measure-tenants.ts';
import { measureXlsx } from '../xlsx/measure-xlsx.ts';

/** A ratio that is watched. */
export interface GuardCase {
  /** Under which its committed ratio is found. */
  readonly name: string;
  /** Which ratios are good ones. */
  readonly good: 'low' | 'high';
  /** Measures the ratio, small enough to take some seconds. */
  measure(signal: AbortSignal): Promise<number>;
}

const ingest = { ids: 'ascending', faulty: 0, repeats: 1, statements: 0 } as const;

/** One small size of each case that needs nothing but Node. */
export const guardCases: readonly GuardCase[] = [
  { name: 'ingest first', good: 'low', measure: async (signal) => (await measureIngest({ ...ingest, case: 'first', rows: 5_000 }, signal)).ratio },
  { name: 'ingest daily', good: 'low', measure: async (signal) => (await measureIngest({ ...ingest, case: 'daily', rows: 10_000 }, signal)).ratio },
  {
    name: 'xlsx',
    good: 'high',
    measure: async (signal) => (await measureXlsx({ rows: 5_000, repeats: 1, readers: ['rosterport', 'exceljs'], profile: null }, signal)).ratioExceljs ?? 0,
  },
  { name: 'rules', good: 'high', measure: async (signal) => (await measureRules({ rows: 20_000, repeats: 1 }, signal)).ratio },
  { name: 'report', good: 'low', measure: async (signal) => (await measureReport({ rows: 20_000, repeats: 1 }, signal)).ratio },
  { name: 'small', good: 'low', measure: async (signal) => (await measureSmall({ rows: 50, bigRows: 2_000 }, signal)).ratio },
  { name: 'tenants', good: 'high', measure: async (signal) => (await measureTenants({ tenants: 10, rows: 500, repeats: 1 }, signal)).ratio },
];
