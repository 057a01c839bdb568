import type { ByteSource } from '../byte-source.ts';
import { defaultLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { openArchive, type Archive } from './archive.ts';

const longestList = 1024 * 1024;

/** True when the bytes are an archive with a workbook in it, or what is left of one. */
export async function isWorkbookArchive(start: Uint8Array, source: ByteSource): Promise<boolean> {
  return isArchive(start) && (await archiveContent(start, source)) === 'a workbook';
}

/** True when the bytes begin as an archive does. */
export function isArchive(start: Uint8Array): boolean {
  return start[0] === 0x50 && start[1] === 0x4b && start[2] === 3 && start[3] === 4;
}

/** What an archive holds, in words: 'a workbook' for one that is read here. */
export async function archiveContent(start: Uint8Array, source: ByteSource): Promise<string> {
  try {
    return await contentOf(await openArchive(source, defaultLimits));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return isOfficePart(firstName(start)) ? 'a workbook' : 'a ZIP archive';
  }
}

async function contentOf(archive: Archive): Promise<string> {
  if (archive.has('mimetype')) {
    const type = await textOf(archive, 'mimetype');
    if (type.startsWith('application/vnd.oasis.opendocument')) return 'an OpenDocument file';
  }
  const types = archive.has('[Content_Types].xml') ? await textOf(archive, '[Content_Types].xml') : '';
  if (/spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template)\.macroEnabled/.test(types)) return 'a workbook';
  if (types.includes('ms-excel.sheet.binary')) return 'a binary workbook (.xlsb)';
  if (types.includes('wordprocessingml')) return 'a Word document';
  if (types.includes('presentationml')) return 'a PowerPoint presentation';
  return archive.has('xl/workbook.xml') ? 'a workbook' : 'a ZIP archive';
}

async function textOf(archive: Archive, name: string): Promise<string> {
  let text = '';
  for await (const chunk of archive.read(name)) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length > longestList) break;
  }
  return text;
}

/** The first name of an archive that has lost its directory. */
function firstName(start: Uint8Array): string {
  const bytes = Buffer.from(start);
  return bytes.length < 30 ? '' : bytes.toString('latin1', 30, 30 + bytes.readUInt16LE(26));
}

function isOfficePart(name: string): boolean {
  return /^(\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/)/i.test(name);
}
