import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { AddWorksheetOptions, Worksheet } from 'exceljs';

/** A workbook on its way to a stream. */
export interface WorkbookOutput {
  addSheet(name: string, options?: Partial<AddWorksheetOptions>): Worksheet;
  /** Waits until the output has taken what the sheet holds back. Fails when the output has failed or was closed. */
  drained(sheet: Worksheet): Promise<void>;
  /** Writes what is left and ends the output. Every sheet must be committed before. */
  close(): Promise<void>;
  /** Gives up: the output is destroyed, so that nobody takes half a workbook for a whole one. */
  abandon(error: unknown): void;
}

/** What exceljs does not declare, and what bounded memory needs: the archive, and the stream of each sheet into it. */
interface ArchiveHolder {
  readonly zip: Readable & { abort(): void };
}
interface SheetInArchive {
  readonly stream: { readonly pipes: readonly [ArchiveEntry] };
}

/** A stream of an old readable-stream, which does not have `writableNeedDrain` yet. */
interface ArchiveEntry extends Writable {
  readonly _writableState: { readonly needDrain: boolean };
}

/**
 * Begins a workbook. exceljs itself takes rows without end, whether or not the output keeps up; whoever writes many must
 * wait for `drained` in between.
 */
export async function openWorkbookOutput(output: Writable, made: Date): Promise<WorkbookOutput> {
  const ended = finished(output, { readable: false });
  ended.catch(() => undefined);
  // Takes a third of a second to load, and most commands write no workbook.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: output, useStyles: true, useSharedStrings: false });
  workbook.creator = workbook.lastModifiedBy = 'Rosterport';
  workbook.created = workbook.modified = made;
  const { zip } = workbook as unknown as ArchiveHolder;
  return {
    addSheet: (name, options) => workbook.addWorksheet(name, options),
    drained: async (sheet) => {
      const [entry] = (sheet as unknown as SheetInArchive).stream.pipes;
      if (output.destroyed) await ended;
      if (entry._writableState.needDrain) await Promise.race([once(entry, 'drain'), ended]);
    },
    close: async () => {
      await Promise.race([workbook.commit(), ended]);
      await ended;
    },
    abandon: (error) => {
      zip.unpipe(output);
      output.destroy(error instanceof Error ? error : new Error('The workbook was given up.', { cause: error }));
      zip.abort();
    },
  };
}
