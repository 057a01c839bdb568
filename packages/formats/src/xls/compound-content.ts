import type { ByteSource } from '../byte-source.ts';
import { isCompoundFile, streamNames } from './compound-file.ts';

/** What a compound file holds, in words. */
export type CompoundContent =
  | 'a workbook'
  | 'an encrypted workbook'
  | 'a Word document'
  | 'a PowerPoint presentation'
  | 'an Outlook message'
  | 'an OLE document';

/** What a compound file holds; a damaged one is taken for a workbook. `null` when the bytes are no compound file. */
export async function compoundContent(start: Uint8Array, source: ByteSource): Promise<CompoundContent | null> {
  if (!isCompoundFile(start)) return null;
  const names = new Set((await streamNames(start, source)).map((name) => name.toLowerCase()));
  // A workbook of Office Open XML becomes a compound file when it gets a password (MS-OFFCRYPTO 2.3).
  if (names.has('encryptedpackage') || names.has('encryptioninfo')) return 'an encrypted workbook';
  if (names.has('workbook') || names.has('book') || names.size === 0) return 'a workbook';
  if (names.has('worddocument')) return 'a Word document';
  if (names.has('powerpoint document')) return 'a PowerPoint presentation';
  return names.has('__properties_version1.0') ? 'an Outlook message' : 'an OLE document';
}
