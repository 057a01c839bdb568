import { headers, sharedNumberOf, sharedNumbersOf, sharedTexts, textsOf } from './sample-people.ts';
import { TextSummer, type TextSum } from './text-sum.ts';
import type { TextKind } from './xlsx-result.ts';
import { writeZip } from './zip-writer.ts';

/** A workbook on disk, and what a reader must find in it. */
export interface WrittenWorkbook {
  readonly texts: TextKind;
  readonly path: string;
  readonly bytes: number;
  readonly sum: TextSum;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const pieceCharacters = 64 * 1024;
const letters = headers.map((_, column) => String.fromCharCode(65 + column));

/** Writes a workbook with one sheet of users, in bounded memory. The same options give the same texts. */
export async function writeWorkbook(path: string, texts: TextKind, rows: number): Promise<WrittenWorkbook> {
  const summer = new TextSummer();
  const strings = texts === 'shared' ? [{ name: 'xl/sharedStrings.xml', pieces: pieced(stringsXml(rows)) }] : [];
  const bytes = await writeZip(path, [
    { name: '[Content_Types].xml', pieces: [contentTypes(texts)] },
    { name: '_rels/.rels', pieces: [relations([['officeDocument', 'xl/workbook.xml']])] },
    { name: 'xl/workbook.xml', pieces: [`${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>`] },
    { name: 'xl/_rels/workbook.xml.rels', pieces: [relations([['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml'], ...(texts === 'shared' ? [['sharedStrings', 'sharedStrings.xml'] as const] : [])])] },
    { name: 'xl/styles.xml', pieces: [`${declaration}<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>`] },
    // Before the sheet, which is where exceljs' reader can use them without keeping the sheet.
    ...strings,
    { name: 'xl/worksheets/sheet1.xml', pieces: pieced(sheetXml(texts, rows, summer)) },
  ]);
  return { texts, path, bytes, sum: summer.total() };
}

function* sheetXml(kind: TextKind, rows: number, summer: TextSummer): Generator<string> {
  const last = `${letters.at(-1) ?? 'A'}${rows + 1}`;
  yield `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}"><dimension ref="A1:${last}"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>`;
  yield rowXml(1, kind === 'inline' ? headers.map(inlineCell) : headers.map((header) => sharedCell(sharedNumberOf(header))));
  for (let index = 0; index < rows; index += 1) {
    const texts = textsOf(index);
    summer.add(index + 2, texts);
    yield rowXml(index + 2, kind === 'inline' ? texts.map(inlineCell) : sharedNumbersOf(index, texts).map(sharedCell));
  }
  yield '</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>';
}

/** The cells are given without their beginning, which the place tells. */
function rowXml(row: number, cells: readonly string[]): string {
  return `<row r="${row}" spans="1:${cells.length}">${cells.map((cell, column) => `<c r="${letters[column] ?? ''}${row}"${cell}`).join('')}</row>`;
}

function sharedCell(number: number): string {
  return ` t="s"><v>${number}</v></c>`;
}

function inlineCell(text: string): string {
  return ` t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
}

function* stringsXml(rows: number): Generator<string> {
  yield `${declaration}<sst xmlns="${main}">`;
  for (const text of sharedTexts(rows)) yield `<si><t>${escaped(text)}</t></si>`;
  yield '</sst>';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}

function* pieced(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function contentTypes(texts: TextKind): string {
  const parts = [['workbook', 'sheet.main'], ['worksheets/sheet1', 'worksheet'], ['styles', 'styles'], ...(texts === 'shared' ? [['sharedStrings', 'sharedStrings']] : [])];
  const list = parts.map(([name, type]) => `<Override PartName="/xl/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`).join('');
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${list}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`).join('');
  return `${declaration}<Relationships xmlns="${packages}/relationships">${list}</Relationships>`;
}
