/** Marks of direction, zero-width characters, byte order marks and soft hyphens, by which headers that look alike would differ. */
const unseen = /[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/g;
const oddSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F]/g;

/** A header as it is compared and shown: without what cannot be seen and without surrounding space, in Unicode NFC. */
export function headerName(cell: string): string {
  if (isPlain(cell)) return cell;
  return cell.replace(unseen, '').replace(oddSpaces, ' ').trim().normalize('NFC');
}

/** True when all characters are ASCII that is seen, as nearly always. */
function isPlain(cell: string): boolean {
  for (let at = 0; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (code <= 0x20 || code >= 0x7f) return false;
  }
  return true;
}

/** What is left of a header when case, spaces and punctuation are forgotten. */
export function foldedName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
