import { cleanText } from '@rosterport/rules';

/** Of these characters alone, cleaning would change nothing. */
const clean = /^[\0\x21-\x7e]*$/;

/** The ids of known rows as the rules would leave them, told as those are: in UTF-8, each with a NUL behind it. */
export function cleanIds(ids: Uint8Array): Uint8Array {
  const bytes = Buffer.from(ids.buffer, ids.byteOffset, ids.length);
  if (clean.test(bytes.toString('latin1'))) return ids;
  return Buffer.from(bytes.toString('utf8').split('\0').map(cleanText).join('\0'));
}
