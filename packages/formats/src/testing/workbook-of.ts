import { zipOf, type ZipPart } from './zip-of.ts';

/** A workbook to build from pieces of XML. For tests. */
export interface WorkbookPieces {
  /** The content of each sheet's `sheetData`, by the name of the sheet. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The content of `sst`. */
  readonly strings?: string;
  /** The content of `styleSheet`. */
  readonly styles?: string;
  /** Attributes of `workbookPr`. */
  readonly properties?: string;
}

const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** The parts of a workbook, in the usual places. */
export function workbookParts({ sheets, strings, styles, properties = '' }: WorkbookPieces): ZipPart[] {
  const names = Object.keys(sheets);
  const list = names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('');
  const sheetRelations = names.map((_name, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`));
  const others = [
    ...(strings === undefined ? [] : [relation('rIdS', 'sharedStrings', 'sharedStrings.xml')]),
    ...(styles === undefined ? [] : [relation('rIdT', 'styles', 'styles.xml')]),
  ];
  return [
    { name: '[Content_Types].xml', data: `${declaration}<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>` },
    { name: '_rels/.rels', data: relationList([relation('rId1', 'officeDocument', 'xl/workbook.xml')]) },
    { name: 'xl/workbook.xml', data: `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr ${properties}/><sheets>${list}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', data: relationList([...sheetRelations, ...others]) },
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', data: `${declaration}<styleSheet xmlns="${main}">${styles}</styleSheet>` }]),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', data: `${declaration}<sst xmlns="${main}">${strings}</sst>` }]),
    ...names.map((name, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, data: sheetXml(sheets[name] ?? '') })),
  ];
}

/** A workbook as a file. */
export function workbookOf(pieces: WorkbookPieces): Buffer {
  return zipOf(workbookParts(pieces));
}

/** A row of texts, written into the cells themselves. */
export function textRow(row: number, ...texts: readonly string[]): string {
  return `<row r="${row}">${texts.map((text, column) => `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`;
}

/** The header row of a sheet of users. */
export const usersHeader = textRow(1, 'EmployeeID', 'FirstName', 'LastName', 'Email');

function sheetXml(data: string): string {
  return `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:A1"/><sheetData>${data}</sheetData><pageMargins left="0.7"/></worksheet>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
}

function relationList(list: readonly string[]): string {
  return `${declaration}<Relationships xmlns="${relations}">${list.join('')}</Relationships>`;
}
