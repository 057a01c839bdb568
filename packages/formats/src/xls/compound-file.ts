import type { ByteSource } from '../byte-source.ts';

const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Sectors of a directory that are read: some hundred names, where documents have a dozen. */
const mostSectors = 256;
const firstTableEntries = 109;
const lastSector = 0xfffffffa;

/** True when the bytes begin as a compound file does (MS-CFB 2.2), the container of .xls and other old documents. */
export function isCompoundFile(start: Uint8Array): boolean {
  return signature.every((byte, index) => start[index] === byte);
}

/** Names of the streams in a compound file; those that can be reached when it is damaged. */
export async function streamNames(start: Uint8Array, source: ByteSource): Promise<string[]> {
  const header = Buffer.from(start.subarray(0, 512));
  if (header.length < 512) return [];
  const shift = header.readUInt16LE(30);
  if (shift !== 9 && shift !== 12) return [];
  const file: CompoundFile = { source, header, sectorBytes: 2 ** shift };
  const names: string[] = [];
  let sector = header.readUInt32LE(48);
  for (let count = 0; count < mostSectors && sector < lastSector; count++) {
    const bytes = await readSector(file, sector);
    for (let at = 0; at + 128 <= bytes.length; at += 128) names.push(entryName(bytes.subarray(at, at + 128)));
    sector = await nextSector(file, sector);
  }
  return names.filter((name) => name !== '');
}

interface CompoundFile {
  readonly source: ByteSource;
  readonly header: Buffer;
  readonly sectorBytes: number;
}

async function readSector({ source, sectorBytes }: CompoundFile, sector: number): Promise<Buffer> {
  const position = (sector + 1) * sectorBytes;
  return Buffer.from(position >= source.size ? [] : await source.read(position, Math.min(sectorBytes, source.size - position)));
}

function entryName(entry: Buffer): string {
  const bytes = Math.min(entry.readUInt16LE(64), 64);
  return entry.readUInt8(66) === 0 || bytes < 2 ? '' : entry.toString('utf16le', 0, bytes - 2);
}

async function nextSector(file: CompoundFile, sector: number): Promise<number> {
  const perSector = file.sectorBytes / 4;
  const table = await tableSector(file, Math.floor(sector / perSector));
  return entryAt(await readSector(file, table), sector % perSector);
}

/** The sector that holds a part of the allocation table; long tables are listed in a chain of sectors of their own. */
async function tableSector(file: CompoundFile, index: number): Promise<number> {
  if (index < firstTableEntries) return file.header.readUInt32LE(76 + index * 4);
  const perSector = file.sectorBytes / 4 - 1;
  let left = index - firstTableEntries;
  let sector = file.header.readUInt32LE(68);
  for (; left >= perSector && sector < lastSector; left -= perSector) {
    sector = entryAt(await readSector(file, sector), perSector);
  }
  return entryAt(await readSector(file, sector), left);
}

function entryAt(sector: Buffer, index: number): number {
  return index * 4 + 4 <= sector.length ? sector.readUInt32LE(index * 4) : lastSector;
}
