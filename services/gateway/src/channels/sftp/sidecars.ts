import type { FeedPolicy } from '@rosterport/domain';
import { SftpError } from '@rosterport/sftp';
import type { UploadPlace } from './places.ts';

/** What a sidecar proves of the file beside it. */
export interface Proof {
  /** In lower-case hexadecimal; none where its being there is the proof. */
  readonly sha256: string | undefined;
}

/** What a feed wants beside each file. */
export type Sidecar = FeedPolicy['sidecar'];

/** A sidecar is read whole, and has a line or two. */
export const mostSidecarBytes = 4096;

/** The place of the sidecar of a file. */
export function sidecarOf(file: UploadPlace, kind: Exclude<Sidecar, 'none'>): UploadPlace {
  return { ...file, name: `${file.name}.${kind}` };
}

/** The place of the file whose sidecar stands there; `null` where what stands there is no sidecar. */
export function fileOfSidecar(place: UploadPlace, kind: Sidecar): UploadPlace | null {
  const ending = `.${kind}`;
  const isSidecar = kind !== 'none' && place.name.endsWith(ending) && place.name.length > ending.length;
  return isSidecar ? { ...place, name: place.name.slice(0, -ending.length) } : null;
}

/**
 * Reads a sidecar: a checksum as `sha256sum` writes it, with or without the name, also in the encodings of PowerShell. Where it
 * has several, the one in the line with the file's name counts. Throws an `SftpError` where it has none.
 */
export function readProof(bytes: Uint8Array, kind: Sidecar, fileName: string): Proof {
  if (kind !== 'sha256') return { sha256: undefined };
  // UTF-16 of ASCII is ASCII with zeros between.
  const lines = Buffer.from(bytes).toString('latin1').replaceAll('\0', '').split(/\r?\n/);
  const found = lines.flatMap((line) => {
    const sum = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/i.exec(line)?.[0];
    return sum === undefined ? [] : [{ sum, line }];
  });
  const name = Buffer.from(fileName).toString('latin1');
  const [meant] = found.length === 1 ? found : found.filter(({ line }) => line.includes(name));
  if (meant === undefined) throw new SftpError('failure', 'The file beside it holds no SHA-256 in hexadecimal.');
  return { sha256: meant.sum.toLowerCase() };
}
