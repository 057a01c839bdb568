import type { Issue } from './issue.ts';

/**
 * A value that a row may set: `undefined` leaves what the directory has as it is, `null` clears it.
 */
export type Setting<T> = T | null | undefined;

/** How a row names a group or a manager. */
export interface Reference {
  readonly by: 'id' | 'name';
  readonly value: string;
}

/** A user row whose own values are proved. References to others are not. */
export interface UserRecord {
  readonly externalId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** As written, normalised to NFC with an ASCII (IDNA) domain. Compared by `emailKey`. */
  readonly email: Setting<string>;
  /** E.164. */
  readonly phone: Setting<string>;
  readonly isManager: Setting<boolean>;
  /** The groups that the row names; `undefined` when it has no group cell, so that they stay as they are. */
  readonly groups: readonly Reference[] | undefined;
  /** Who manages the groups that this row gives to its person. */
  readonly manager: Setting<Reference>;
  readonly active: Setting<boolean>;
  /** Canonical BCP 47 tag. */
  readonly language: Setting<string>;
  /** Attribute values by name; a name that is absent is left as it is, `null` clears it. */
  readonly attributes: Readonly<Record<string, string | null>>;
}

/** A group row whose own values are proved. */
export interface GroupRecord {
  readonly externalId: string;
  readonly name: string;
  readonly description: Setting<string>;
  /** External id of the person who manages the group. */
  readonly responsibleManager: Setting<string>;
  /** External id of the parent group. */
  readonly parent: Setting<string>;
}

/** A data row after its own rules were asked. */
export interface CheckedRow<RecordType> {
  readonly sheet: string | null;
  readonly row: number;
  /** The id as far as it could be read, also when the row is refused; `null` when it could not, or when its column is in doubt. */
  readonly externalId: string | null;
  /** What was proved of a refused row, so that it can be compared with others; left out where the row is not refused. */
  readonly proved?: RecordType;
  /** `null` when any issue is an error. Of an id or name whose column is in doubt it holds an empty text. */
  readonly record: RecordType | null;
  readonly issues: readonly Issue[];
}

/** Begins or ends with a space, has two together, or a character that normalising may change or that is a space. */
const unusual = /^ | $| {2}|[^ -~\u00A1-\u024F]/;

/** The form in which e-mail addresses are compared and claimed: case is ignored. */
export function emailKey(email: string): string {
  return (unusual.test(email) ? email.normalize('NFC') : email).toLowerCase();
}

/** The form in which names of groups and people are compared: case and surplus spaces are ignored. */
export function nameKey(name: string): string {
  return (unusual.test(name) ? name.normalize('NFC').trim().replace(/\s+/gu, ' ') : name).toLowerCase();
}
