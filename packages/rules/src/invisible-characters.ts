import type { AnyField } from '@rosterport/domain';

/** Zero-width characters, marks of direction, soft hyphens and all else that Unicode lets a program leave out of sight. */
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;

/** The same, less what joins letters of Persian and Indian scripts and chooses the form of a character. */
const ignorableInNames = /\u034F|[\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]/gu;

/** Spaces that are not the one on the keyboard. */
const oddSpaces = /[\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/gu;

/** The wide space belongs to names in Chinese and Japanese. */
const oddSpacesInNames = /[\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F]/gu;

const names: ReadonlySet<AnyField> = new Set<AnyField>(['firstName', 'lastName', 'groupName', 'managerName', 'name']);

/** Free text, in which such characters have their uses. */
const freeText: ReadonlySet<AnyField> = new Set<AnyField>(['description']);

/** What is left out of the texts of a field, and what counts as a space in them. */
export interface Unseen {
  readonly removed: RegExp;
  readonly spaces: RegExp;
}

/** What cannot be seen in the texts of a field; `null` where such characters stay. */
export function unseenIn(field: AnyField | null): Unseen | null {
  if (field === null || freeText.has(field)) return null;
  return names.has(field)
    ? { removed: ignorableInNames, spaces: oddSpacesInNames }
    : { removed: ignorable, spaces: oddSpaces };
}

/** The text without what cannot be seen, and with plain spaces only. */
export function withoutUnseen(text: string, { removed, spaces }: Unseen): string {
  return text.replace(removed, '').replace(spaces, ' ');
}

/** The text with each character that cannot be seen written out, as in `E1<U+200B>`. */
export function spelledOut(text: string, { removed, spaces }: Unseen): string {
  return text.replace(removed, codePoint).replace(spaces, codePoint);
}

function codePoint(character: string): string {
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}
