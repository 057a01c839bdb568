/**
 * Reads an .xls file in a process of its own, whose memory and time the room caps: the library holds the whole workbook
 * in memory and cannot be stopped. Takes the bytes, then what to read of them; answers each `next` with one message: first
 * the sheets, then rows, then the end.
 */
import { read, set_cptable, utils } from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';

const batchRows = 500;
/** One more than a finding names. */
const mostMerged = 11;
// Excel 5 and 95 write texts in the code page of their country.
set_cptable(codePages);
const parts = [];
let answers;

process.on('message', (word) => {
  if (word.kind === 'bytes') parts.push(word.bytes);
  else if (word.kind === 'read') answers = answersOf(word);
  else process.send(answers.next().value ?? { kind: 'end' });
});
// Who ends the product ends this process by its parent, which may still want the answer.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

function* answersOf({ headRows, sheets }) {
  const bytes = Buffer.concat(parts.splice(0));
  let workbook;
  try {
    workbook = read(bytes, { type: 'buffer', dense: true, cellNF: true, cellFormula: false, cellHTML: false, sheetRows: headRows });
  } catch (error) {
    yield { kind: 'unreadable', isEncrypted: /password|encrypt/i.test(String(error)) };
    return;
  }
  if (workbook.SheetNames.length === 0) {
    // Every workbook has a sheet; the library passes over records that it cannot make out.
    yield { kind: 'unreadable', isEncrypted: false };
    return;
  }
  yield { kind: 'sheets', sheets: workbook.SheetNames.map((name, index) => sheetFacts(workbook, name, index)), is1904: is1904(workbook) };
  for (const [index, name] of workbook.SheetNames.entries()) {
    if (sheets === null || sheets.includes(index)) yield* rowsOf(workbook.Sheets[name], index);
  }
}

function sheetFacts(workbook, name, index) {
  const sheet = workbook.Sheets[name] ?? {};
  const isVisible = !workbook.Workbook?.Sheets?.[index]?.Hidden;
  const isEmpty = sheet['!fullref'] === undefined && !(sheet['!data'] ?? []).some((cells) => cells?.length > 0);
  const merged = (sheet['!merges'] ?? []).slice(0, mostMerged).map((range) => utils.encode_range(range));
  return { name, index, isVisible, hasCells: (sheet['!type'] ?? 'sheet') === 'sheet', isEmpty, merged };
}

function is1904(workbook) {
  return workbook.Workbook?.WBProps?.date1904 === true;
}

function* rowsOf(sheet, index) {
  let rows = [];
  for (const [row, cells] of (sheet?.['!data'] ?? []).entries()) {
    if (cells === undefined || cells === null) continue;
    rows.push({ row: row + 1, cells: Array.from(cells, cellContent) });
    if (rows.length < batchRows) continue;
    yield { kind: 'rows', index, rows };
    rows = [];
  }
  if (rows.length > 0) yield { kind: 'rows', index, rows };
}

/** A text as it is; a number with its format code, for the room to write. */
function cellContent(cell) {
  switch (cell?.t) {
    case 'n':
      return { number: String(cell.v), code: typeof cell.z === 'string' ? cell.z : 'General' };
    case 'b':
      return cell.v ? '1' : '0';
    case 'e':
      return cell.w ?? '#ERROR!';
    case 's':
      return String(cell.v);
    default:
      return '';
  }
}
