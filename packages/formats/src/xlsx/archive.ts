import { issue } from '@rosterport/domain';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';

import type { ByteSource } from '../byte-source.ts';
import type { FormatLimits } from '../limits.ts';
import { beyondLimit, damaged, Unreadable } from '../unreadable.ts';
import { inflatedBytes, type Unpacking } from './inflate.ts';
import { SourceReader } from './source-reader.ts';

/** The parts of a workbook's archive. */
export interface Archive {
  /** Names of the parts, as written. */
  readonly names: readonly string[];
  /** True when there is a part of that name; case does not matter (ECMA-376 part 2, 6.2.2.3). */
  has(name: string): boolean;
  /** The unpacked bytes of a part. Throws when the part is missing, damaged, locked or too large. */
  read(name: string): AsyncGenerator<Uint8Array>;
}

/** Opens an archive and checks its directory. Throws when it is damaged or goes beyond the limits. */
export async function openArchive(source: ByteSource, limits: FormatLimits): Promise<Archive> {
  const reader = new SourceReader(source);
  const entries = new Map<string, Entry>();
  const unpacking: Unpacking = { limits, inflated: 0 };
  const zip = await reader.attempt(() =>
    fromRandomAccessReaderPromise(reader, source.size, { autoClose: false, decodeStrings: false }),
  );
  if (zip.entryCount > limits.maxEntries) throw beyondLimit(`more than ${limits.maxEntries} parts`);
  await reader.attempt(async () => {
    for await (const entry of zip.eachEntry()) addEntry(entries, entry);
  });
  return {
    names: [...entries.values()].map(nameOf),
    has: (name) => entries.has(name.toLowerCase()),
    async *read(name) {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) throw damaged(`its part ${name} is missing`);
      if (entry.isEncrypted()) throw new Unreadable(issue('validateFileIsNotEncrypted'));
      const start = await reader.attempt(() => checkedDataStart(zip, entry));
      yield* inflatedBytes({ source, entry, name, start }, unpacking);
    },
  };
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function addEntry(entries: Map<string, Entry>, entry: Entry): void {
  const name = nameOf(entry);
  const key = name.toLowerCase();
  if (validateFileName(name) !== null) throw beyondLimit('a part has a name that leads out of the archive');
  if (entries.has(key)) throw beyondLimit('two parts have the same name');
  entries.set(key, entry);
}

/**
 * Where the data of a part begins. What stands before the data must say the same as the directory: programs differ in
 * which of the two they follow, and could be shown different contents.
 */
async function checkedDataStart(zip: ZipFile, entry: Entry): Promise<number> {
  const local = await zip.readLocalFileHeaderPromise(entry);
  const sizesFollow = (local.generalPurposeBitFlag & 8) !== 0;
  const isZip64 = local.compressedSize === 0xffffffff || local.uncompressedSize === 0xffffffff;
  const sameSizes = local.compressedSize === entry.compressedSize && local.uncompressedSize === entry.uncompressedSize;
  const isSame =
    local.fileName.equals(entry.fileNameRaw) &&
    local.compressionMethod === entry.compressionMethod &&
    (sizesFollow || isZip64 || sameSizes);
  if (!isSame) throw damaged('the directory of the archive and its parts contradict each other');
  return local.fileDataStart;
}
