/** A byte that is not UTF-8. */
export interface WrongByte {
  readonly at: number;
  /** True when a character was begun and the bytes end before it does. */
  readonly cut: boolean;
}

/** The first place where bytes are not UTF-8; `null` when all are. */
export function firstWrongByte(bytes: Uint8Array): WrongByte | null {
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes[at] ?? 0);
    if (length === 0) return { at, cut: false };
    for (let follower = 1; follower < length; follower++) {
      if (at + follower >= bytes.length) return { at, cut: true };
      if (!isFollower(bytes, at, follower)) return { at, cut: false };
    }
    at += length;
  }
  return null;
}

/** Bytes of the character that a byte begins; 0 when none can begin so. */
function characterLength(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte <= 0xdf) return 2;
  if (byte >= 0xe0 && byte <= 0xef) return 3;
  return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/** RFC 3629 section 4: the second byte of some characters has a narrower range than the others. */
function isFollower(bytes: Uint8Array, start: number, follower: number): boolean {
  const first = bytes[start] ?? 0;
  const byte = bytes[start + follower] ?? 0;
  let lowest = 0x80;
  let highest = 0xbf;
  if (follower === 1) {
    if (first === 0xe0) lowest = 0xa0;
    if (first === 0xf0) lowest = 0x90;
    if (first === 0xed) highest = 0x9f;
    if (first === 0xf4) highest = 0x8f;
  }
  return byte >= lowest && byte <= highest;
}

const wideMarks: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe, 0, 0], 'UTF-32'],
  [[0, 0, 0xfe, 0xff], 'UTF-32'],
  [[0xff, 0xfe], 'UTF-16 (little-endian)'],
  [[0xfe, 0xff], 'UTF-16 (big-endian)'],
];

/** The wide encoding that a text begins in, told by its byte order mark or by its NUL bytes; `null` when in none. */
export function wideEncoding(start: Uint8Array): string | null {
  const marked = wideMarks.find(([mark]) => mark.every((byte, index) => start[index] === byte));
  return marked?.[1] ?? unmarkedWideEncoding(start.subarray(0, 4096));
}

/** Mostly Latin text in UTF-16 has a NUL in every other place. */
function unmarkedWideEncoding(sample: Uint8Array): string | null {
  const nulls = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) nulls[index % 2] = (nulls[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nulls;
  const many = sample.length / 4;
  if (odd > many && even < many / 8) return 'UTF-16 (little-endian)';
  return even > many && odd < many / 8 ? 'UTF-16 (big-endian)' : null;
}

/** The encoding of one byte a character that a byte outside UTF-8 suggests. */
export function narrowEncoding(byte: number): string {
  return byte >= 0x80 && byte <= 0x9f ? 'Windows-1252 or another Windows code page' : 'Windows-1252 or ISO 8859-1';
}
