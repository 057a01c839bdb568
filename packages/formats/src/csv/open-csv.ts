import { isUtf8 } from 'node:buffer';

import { issue, type RawRow } from '@rosterport/domain';

import { bytesOf, type ByteSource } from '../byte-source.ts';
import { headRows, type Opening, type ReadOptions } from '../format-reader.ts';
import { recordBatches, type RecordBatch } from './record-scanner.ts';
import { acceptedSeparators, chooseSeparator, separatorName } from './separator.ts';
import { splitRecords } from './split-records.ts';
import { wideEncoding } from './text-encoding.ts';

/** What the head of a CSV file says about the rest of it. */
export interface CsvLayout {
  readonly separator: string;
}

/** Reads the first records of a CSV file and chooses its separator. */
export async function openCsv(source: ByteSource, { limits }: ReadOptions): Promise<Opening> {
  const start = await source.read(0, Math.min(source.size, limits.maxRecordLength));
  const wide = wideEncoding(start);
  if (wide !== null) return { ok: false, issues: [issue('validateEncoding', { expected: `byte 0 (row 1) shows ${wide}` })] };
  const heads = new Map<string, RawRow[]>();
  for (const separator of [...acceptedSeparators, ',', '\t']) {
    heads.set(separator, await headOf(start, { separator, isWhole: start.length === source.size }));
  }
  const separator = chooseSeparator((candidate) => (heads.get(candidate) ?? []).map(({ cells }) => cells));
  const table = { sheet: null, kind: null, rows: heads.get(separator) ?? [] };
  const issues = acceptedSeparators.includes(separator)
    ? []
    : [issue('validateSeparator', { row: 1, found: separatorName(separator), expected: '; or |' })];
  return { ok: true, tables: [table], issues, layout: { separator } satisfies CsvLayout };
}

/** So much of the head is looked at at once: mostly it holds all rows that are asked for. */
const pieceBytes = 16_384;

async function headOf(start: Uint8Array, { separator, isWhole }: { separator: string; isWhole: boolean }): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const batch of recordBatches(bytesOf(start), { separator, maxRecordLength: start.length, chunkBytes: pieceBytes })) {
    if ('fault' in batch || (!batch.ended && !isWhole)) break;
    splitRecords(batch, headText(batch), separator).forEach((cells, index) => {
      const row = batch.firstRow + index;
      if (row <= headRows && cells.some((cell) => cell.trim() !== '')) rows.push({ row, cells });
    });
    if (batch.firstRow + batch.count > headRows) break;
  }
  return rows;
}

/** Reads a wrong encoding too, so that the header row is understood and all findings about it can be told. */
function headText({ bytes }: RecordBatch): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252', { ignoreBOM: true }).decode(bytes);
}
