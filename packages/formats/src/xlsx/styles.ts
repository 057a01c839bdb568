import { formatOfCode, formatOfId, plainFormat, type CellFormat } from '../cells/cell-format.ts';
import { scanXml } from './xml-scanner.ts';

/** The format of each cell style, by its number. */
export async function readStyles(part: AsyncIterable<Uint8Array>): Promise<CellFormat[]> {
  const codes = new Map<number, CellFormat>();
  const formats: CellFormat[] = [];
  let isInCellStyles = false;
  await scanXml(part, {
    wantsText: false,
    open(name, tag, depth) {
      if (depth === 2) isInCellStyles = name === 'cellXfs';
      if (depth !== 3) return;
      if (name === 'numFmt') {
        const attributes = tag.all();
        codes.set(Number(attributes.get('numFmtId')), formatOfCode(attributes.get('formatCode') ?? ''));
      } else if (name === 'xf' && isInCellStyles) {
        const id = Number(tag.all().get('numFmtId') ?? 0);
        formats.push(codes.get(id) ?? formatOfId(id));
      }
    },
    close: () => undefined,
    text: () => undefined,
  });
  return formats.length === 0 ? [plainFormat] : formats;
}
