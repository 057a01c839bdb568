import { isUtf8 } from 'node:buffer';

/** What a file is by its first bytes, when it is something that is not read here. */
const signatures: readonly (readonly [name: string, signature: string])[] = [
  ['a PDF document', '%PDF'],
  ['a PNG image', '\x89PNG'],
  ['a JPEG image', '\xff\xd8\xff'],
  ['a GIF image', 'GIF8'],
  ['a TIFF image', 'II*\0'],
  ['a TIFF image', 'MM\0*'],
  ['a BMP image', 'BM'],
  ['a gzip archive', '\x1f\x8b'],
  ['a bzip2 archive', 'BZh'],
  ['an xz archive', '\xfd7zXZ'],
  ['a Zstandard archive', '\x28\xb5\x2f\xfd'],
  ['a 7-Zip archive', '7z\xbc\xaf'],
  ['a RAR archive', 'Rar!'],
  ['a ZIP archive', 'PK\x03\x04'],
  ['a ZIP archive', 'PK\x05\x06'],
  ['a Rich Text document', '{\\rtf'],
  ['an OpenPGP message', '-----BEGIN PGP MESSAGE'],
  ['a Windows program', 'MZ'],
  ['a program', '\x7fELF'],
  ['an SQLite database', 'SQLite format 3'],
  ['a Parquet file', 'PAR1'],
  ['an Excel workbook of a version before 5', '\x09\x00\x04\x00'],
  ['an Excel workbook of a version before 5', '\x09\x02\x06\x00'],
  ['an Excel workbook of a version before 5', '\x09\x04\x06\x00'],
];

/** Two letters prove nothing: a CSV file may begin with them. */
const provesText = 3;

/** The name of what these first bytes are; 'an unknown kind of file' when that cannot be told. */
export function contentName(start: Uint8Array): string {
  const text = Buffer.from(start.subarray(0, 512)).toString('latin1');
  const known = signatures.find(([, signature]) => text.startsWith(signature));
  return known?.[0] ?? markupName(start) ?? 'an unknown kind of file';
}

/** The kind of marked-up text that a file is: HTML, XML, JSON and the like; `null` when it is plain text. */
export function markupName(start: Uint8Array): string | null {
  const text = Buffer.from(start.subarray(0, 4096)).toString('utf8').replace(/^\uFEFF/, '').trimStart();
  if (isSigned(text)) return contentName(start);
  if (/^[[{]\s*(["{[\]}]|-?\d|$)/.test(text)) return 'JSON';
  if (!/^<[!?a-z]/i.test(text)) return null;
  if (text.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'an XML spreadsheet, not a workbook';
  if (/<(!doctype html|html|head|body|table|meta)\b/i.test(text)) return 'an HTML page';
  return 'XML';
}

function isSigned(text: string): boolean {
  return signatures.some(([, signature]) => signature.length > provesText && isPrintable(signature) && text.startsWith(signature));
}

function isPrintable(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

/**
 * True when bytes are not text in any encoding of one byte a character or in UTF-8. A few stray control characters, as
 * faulty exports have them, do not make a text binary.
 */
export function isBinary(start: Uint8Array): boolean {
  const sample = start.subarray(0, 4096);
  const control = sample.reduce((count, byte) => count + (byte < 9 || (byte > 13 && byte < 32 && byte !== 26) ? 1 : 0), 0);
  const limit = isUtf8(sample.subarray(0, -4)) ? 0.3 : 0.05;
  return control > sample.length * limit || startsAsBinary(sample);
}

function startsAsBinary(sample: Uint8Array): boolean {
  const text = Buffer.from(sample.subarray(0, 16)).toString('latin1');
  return signatures.some(([, signature]) => !isPrintable(signature) && text.startsWith(signature));
}
