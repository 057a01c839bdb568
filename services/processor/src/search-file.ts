import { isFailure, type JobId, type PersonMentions } from '@rosterport/domain';
import { detect, parse, readParts, type Scratch } from '@rosterport/formats';
import type { SealedFile, Staging } from '@rosterport/staging';
import { plainTexts, searchText, textsOfXml } from './search-text.ts';

/**
 * What came of looking for a person in a sealed file. `unsearchable`: nobody can tell, since it could not be read to its end
 * and is packed or encrypted.
 */
export type FileSearch = 'found' | 'absent' | 'missing' | 'unsearchable';

/**
 * Looks for a person in a job's sealed file: in its rows as a job reads them; where not all of it are rows, in all texts of a
 * workbook's archive, else in its bytes.
 */
export async function searchFile(
  { staging, scratch }: { readonly staging: Staging; readonly scratch: Scratch },
  jobId: JobId,
  mentions: PersonMentions,
): Promise<FileSearch> {
  const file = await staging.open(jobId).catch((error: unknown) => {
    if (isFailure(error) && error.code === 'stagedFileMissing') return null;
    throw error;
  });
  if (file === null) return 'missing';
  try {
    const rows = await searchRows(file, scratch, mentions);
    if (rows === 'found' || rows === 'absent') return rows;
    return await searchBytes(file, rows, mentions);
  } finally {
    await file.close();
  }
}

/** `more`: its rows were read, but it holds more than rows. `unread`: not all of its rows could be read. */
type RowSearch = 'found' | 'absent' | 'more' | 'unread';

async function searchRows(file: SealedFile, scratch: Scratch, mentions: PersonMentions): Promise<RowSearch> {
  const detected = await detect(file, { scratch });
  if (!detected.ok) return 'unread';
  let isRead = detected.issues.every(({ severity }) => severity !== 'error');
  for await (const event of parse(file, detected, { scratch })) {
    if (event.kind === 'issue') isRead &&= event.issue.severity !== 'error';
    else if (event.rows.some((row) => mentions.inRow(event.header, row))) return 'found';
  }
  if (!isRead) return 'unread';
  return detected.format === 'csv' ? 'absent' : 'more';
}

async function searchBytes(file: SealedFile, rows: 'more' | 'unread', mentions: PersonMentions): Promise<FileSearch> {
  const inParts = searchText((text) => mentions.inText(text), textsOfXml);
  let last = '';
  const unpacked = await readParts(file, (piece, part) => {
    const isFoundBefore = part !== last && inParts.end();
    last = part;
    return isFoundBefore || inParts.take(piece);
  });
  if (unpacked === true || inParts.end()) return 'found';
  if (unpacked === false) return 'absent';
  const inBytes = searchText((text) => mentions.inText(text), plainTexts);
  let isBinary = false;
  for await (const piece of file.stream()) {
    if (inBytes.take(piece)) return 'found';
    isBinary ||= piece.some((byte) => byte < 9);
  }
  if (inBytes.end()) return 'found';
  return rows === 'unread' && isBinary ? 'unsearchable' : 'absent';
}
