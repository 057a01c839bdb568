import { open } from 'node:fs/promises';
import { detect, parse, type ByteSource } from '@rosterport/formats';
import { openScratch } from '@rosterport/processor';
import type { Reader } from './xlsx-result.ts';

/** Is handed each data row: its number in the sheet and its texts from the first column on. */
export type RowVisitor = (row: number, texts: readonly string[]) => void;

/** A reader that has everything of its library loaded. */
export type ReadAll = (path: string, visit: RowVisitor) => Promise<void>;

/** Loads what a reader needs, which is no part of the reading. Only ours uses the scratch folder, which it empties. */
export async function loadReader(reader: Reader, scratchFolder: string): Promise<ReadAll> {
  switch (reader) {
    case 'rosterport':
      return readOurs(scratchFolder);
    case 'exceljs':
      return readByExceljs();
    case 'sheetjs':
      return readBySheetjs();
  }
}

async function readOurs(scratchFolder: string): Promise<ReadAll> {
  const scratch = await openScratch(scratchFolder);
  return async (path, visit) => {
    const file = await open(path);
    try {
      const source: ByteSource = {
        size: (await file.stat()).size,
        async read(position, length) {
          const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
          return buffer.subarray(0, bytesRead);
        },
      };
      const detected = await detect(source, { scratch });
      if (!detected.ok) throw new Error(detected.issues.map(({ message }) => message).join(' '));
      for await (const event of parse(source, detected, { scratch })) {
        if (event.kind === 'issue') throw new Error(event.issue.message);
        for (const { row, cells } of event.rows) visit(row, cells);
      }
    } finally {
      await file.close();
    }
  };
}

async function readByExceljs(): Promise<ReadAll> {
  const { default: exceljs } = await import('exceljs');
  return async (path, visit) => {
    const options = { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'ignore', entries: 'ignore' } as const;
    for await (const sheet of new exceljs.stream.xlsx.WorkbookReader(path, options)) {
      for await (const row of sheet) {
        // The values begin with an empty place, since exceljs counts columns from 1.
        if (row.number > 1 && Array.isArray(row.values)) visit(row.number, row.values.slice(1).map(String));
      }
    }
  };
}

async function readBySheetjs(): Promise<ReadAll> {
  const { readFile, set_fs } = await import('@e965/xlsx');
  set_fs(await import('node:fs'));
  return (path, visit) => {
    const { Sheets, SheetNames } = readFile(path, { dense: true });
    const rows = Sheets[SheetNames[0] ?? '']?.['!data'] ?? [];
    for (const [index, cells] of rows.entries()) if (index > 0) visit(index + 1, cells.map((cell) => String(cell.v)));
    return Promise.resolve();
  };
}
