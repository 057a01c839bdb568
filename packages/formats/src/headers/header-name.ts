/** A header as it is compared and shown: without byte order mark and surrounding space, in Unicode NFC. */
export function headerName(cell: string): string {
  return cell.replace(/^\uFEFF/, '').trim().normalize('NFC');
}

/** What is left of a header when case, spaces and punctuation are forgotten. */
export function foldedName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
