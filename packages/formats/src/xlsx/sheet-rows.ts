import { RowCollector } from './row-collector.ts';
import type { SheetOptions, SheetRow } from './sheet-row.ts';
import { XmlScanner } from './xml-scanner.ts';

/** The rows of a sheet that have any cell with a value, as they come. Throws when the sheet is damaged or too large. */
export async function* sheetRows(part: AsyncIterable<Uint8Array>, options: SheetOptions): AsyncGenerator<SheetRow[]> {
  const collector = new RowCollector(options);
  const scanner = new XmlScanner(collector);
  for await (const chunk of part) {
    scanner.add(chunk);
    let isMore = true;
    while (isMore) {
      isMore = scanner.scan();
      const rows = collector.take();
      if (rows.length > 0) yield rows;
    }
  }
  scanner.end();
}
