import { cleanText } from '@rosterport/rules';

/** The ids of known rows as the rules would leave them, told as those are: in UTF-8, each with a NUL behind it. */
export function cleanIds(ids: Uint8Array): Uint8Array {
  // Of printable characters of ASCII alone, cleaning would change nothing.
  for (let at = 0; at < ids.length; at++) {
    const byte = ids[at] ?? 0;
    if (byte !== 0 && (byte <= 0x20 || byte >= 0x7f)) return cleaned(ids);
  }
  return ids;
}

function cleaned(ids: Uint8Array): Buffer {
  return Buffer.from(Buffer.from(ids).toString('utf8').split('\0').map(cleanText).join('\0'));
}
