import type { ByteSource } from './byte-source.ts';
import { defaultLimits, type FormatLimits } from './limits.ts';
import { openArchive } from './xlsx/archive.ts';
import { Unreadable } from './unreadable.ts';

/** Is handed the unpacked bytes of one part, piece by piece; true ends the reading. */
export type PartReader = (piece: Uint8Array, part: string) => boolean;

/**
 * Unpacks all parts of a workbook's archive, also those that no row is read from. Returns whether the reader ended it, or
 * `null` when not all of it could be unpacked, as with something that is no archive.
 */
export async function readParts(source: ByteSource, reader: PartReader, limits: FormatLimits = defaultLimits): Promise<boolean | null> {
  try {
    const archive = await openArchive(source, limits);
    for (const name of archive.names) {
      for await (const piece of archive.read(name)) if (reader(piece, name)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
