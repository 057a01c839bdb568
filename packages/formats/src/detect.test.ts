import { gzipSync } from 'node:zlib';

import { utils, write, type BookType, type CellObject } from '@e965/xlsx';
import { describe, expect, test } from '@jest/globals';

import { readWhole } from './testing/read-whole.ts';
import { zipOf } from './testing/zip-of.ts';

/** The first record of a workbook. */
const workbookStart = Buffer.from([0x09, 0x08, 0x10, 0x00]);

function typesOf(type: string): Buffer {
  return zipOf([{ name: '[Content_Types].xml', data: `<Types><Override ContentType="${type}"/></Types>` }]);
}

describe('files that are not read', () => {
  test.each<[string, () => Uint8Array]>([
    ['a PDF document', () => Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n', 'latin1')],
    ['a PNG image', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
    ['a JPEG image', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])],
    ['a gzip archive', () => gzipSync('Employee ID;First Name;Last Name;Email\n')],
    ['a ZIP archive', () => zipOf([{ name: 'users.csv', data: 'x' }])],
    ['a ZIP archive', () => zipOf([])],
    ['a Word document', () => typesOf('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml')],
    ['a PowerPoint presentation', () => typesOf('application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml')],
    ['a binary workbook (.xlsb)', () => sheetJs('xlsb')],
    ['an OpenDocument file', () => sheetJs('ods')],
    ['an HTML page', () => Buffer.from('<html><body><table><tr><td>EmployeeID</td></tr></table></body></html>')],
    ['an HTML page', () => Buffer.from('\uFEFF\n<!DOCTYPE html>\n<title>Sign in</title>')],
    ['an XML spreadsheet, not a workbook', () => sheetJs('xlml')],
    ['XML', () => Buffer.from('<?xml version="1.0"?><people/>')],
    ['JSON', () => Buffer.from('{"users": []}')],
    ['JSON', () => Buffer.from('[\n  {"id": 1}]')],
    ['a Rich Text document', () => Buffer.from('{\\rtf1\\ansi hello}')],
    ['an OpenPGP message', () => Buffer.from('-----BEGIN PGP MESSAGE-----\n\nhQEMA\n')],
    ['an Excel workbook of a version before 5', () => sheetJs('biff4')],
    ['a Word document', () => compoundFile('WordDocument')],
    ['an OLE document', () => compoundFile('Something')],
    ['an unknown kind of file', () => Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff))],
  ])('%s', async (found, make) => {
    const { format, issues } = await readWhole(make());
    expect({ format, issues }).toEqual({ format: null, issues: [`validateFileFormat file: This is not a CSV or Excel file (${found}).`] });
  });

  test('a workbook with a password is one, whatever made it so', async () => {
    const expected = ['validateFileIsNotEncrypted file: The workbook is protected by a password and cannot be read.'];
    expect(await readWhole(compoundFile('EncryptedPackage'))).toMatchObject({ format: 'xlsx', issues: expected });
    expect(await readWhole(encryptedXls())).toMatchObject({ format: 'xls', issues: expected });
  });

  test('a damaged .xls file is unreadable', async () => {
    const file = sheetJs('biff8');
    const broken = file.fill(0xaa, file.indexOf(workbookStart) + 30);
    const { format, issues } = await readWhole(broken);
    expect({ format, codes: issues.map((words) => words.split(' ')[0]) }).toEqual({ format: 'xls', codes: ['validateFileIsReadable'] });
  });
});

describe('an .xls file', () => {
  const file = sheetJs('biff8');

  test.each([
    ['larger than allowed', { maxXlsBytes: 100 }],
    ['that takes too long', { xlsSeconds: 0 }],
    ['that takes too much memory', { xlsMemoryMb: 4 }],
  ])('%s is refused', async (_name, limits) => {
    const { issues } = await readWhole(file, { limits });
    expect(issues.map((words) => words.split(' ')[0])).toEqual(['validateWorkbookLimits']);
  });

  test('is read by the same rules for cells as any workbook', async () => {
    const sheet = utils.aoa_to_sheet([['EmployeeID', 'FirstName', 'LastName', 'Email', 'A', 'B', 'C', 'D', 'E']]);
    const cells: Record<string, CellObject> = {
      A3: { t: 'n', v: 1234567890123456 },
      B3: { t: 'n', v: 42, z: '00000' },
      C3: { t: 'n', v: 43844.25, z: 'yyyy-mm-dd hh:mm' },
      D3: { t: 'n', v: 43844, z: 'm/d/yy' },
      E3: { t: 'b', v: false },
      F3: { t: 'e', v: 42 },
      G3: { t: 'n', v: 0.1 + 0.2 },
      H3: { t: 's', v: ' 007 ' },
      I3: { t: 'n', v: 46701234567 },
    };
    Object.assign(sheet, cells, { '!ref': 'A1:I3' });
    const workbook = utils.book_new(sheet, 'Users');
    workbook.Workbook = { WBProps: { date1904: true } };
    const { rows, issues } = await readWhole(Buffer.from(write(workbook, { bookType: 'biff8', type: 'buffer' }) as ArrayBuffer));
    expect(issues).toEqual([]);
    expect(rows).toEqual([
      {
        sheet: 'Users',
        row: 3,
        cells: ['1234567890123456', '00042', '2024-01-15T06:00:00', '2024-01-15', '0', '#N/A', '0.3', ' 007 ', '46701234567'],
        damaged: [0, 2, 3],
      },
    ]);
  });

  test('of Excel 5 is read too, in its code page', async () => {
    const old = sheetJs('biff5', 'Xsa');
    old[old.indexOf('Xsa')] = 0xc5;
    const { format, rows, issues } = await readWhole(old);
    expect({ format, issues, cells: rows.map(({ cells }) => cells) }).toEqual({ format: 'xls', issues: [], cells: [['E1', 'Åsa', 'Berg']] });
  });
});

function sheetJs(bookType: 'xlsb' | 'ods' | 'xlml' | 'biff4' | 'biff5' | 'biff8', name = 'Åsa'): Buffer {
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, utils.aoa_to_sheet([['EmployeeID', 'FirstName', 'LastName', 'Email'], ['E1', name, 'Berg']]), 'Users');
  return Buffer.from(write(workbook, { bookType: bookType as BookType, type: 'buffer' }) as ArrayBuffer);
}

/** A compound file with one stream of that name, as far as a directory goes. */
function compoundFile(stream: string): Buffer {
  const file = Buffer.alloc(512 * 3, 0xff);
  file.fill(0, 0, 512);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  file.writeUInt32LE(0, 76);
  file.writeUInt32LE(0xfffffffe, 512 + 4);
  file.fill(0, 1024);
  for (const [index, name] of ['Root Entry', stream].entries()) {
    const at = 1024 + index * 128;
    file.write(name, at, 'utf16le');
    file.writeUInt16LE(name.length * 2 + 2, at + 64);
    file.writeUInt8(index === 0 ? 5 : 2, at + 66);
  }
  return file;
}

/** An .xls file with a record behind the first one that says it is encrypted (MS-XLS 2.4.117). */
function encryptedXls(): Buffer {
  const file = sheetJs('biff8');
  const start = file.indexOf(workbookStart);
  const second = start + 4 + 16;
  const length = file.readUInt16LE(second + 2);
  file.writeUInt16LE(0x2f, second);
  file.fill(0, second + 4, second + 4 + length);
  return file;
}
