/** A person of the directory, in the shape that every door shows. */
export interface DirectoryUser {
  readonly id: string;
  /** `null` for a person made by hand. */
  readonly externalId: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly isManager: boolean;
  readonly active: boolean;
  /** Why the person is inactive: a cell of a file, absence from a full file, or a hand edit; `null` for active people. */
  readonly inactiveCause: 'cell' | 'absence' | 'hand' | null;
  /** Administrators are never deactivated because they are absent from a file. */
  readonly administrator: boolean;
  readonly language: string | null;
  /** Names by attribute. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The groups that the person is a member of, ordered by name. */
  readonly groups: readonly DirectoryGroupName[];
  /** Name of the source that manages the person; `null` for a person made by hand. */
  readonly source: string | null;
}

/** How a group is named inside another record. */
export interface DirectoryGroupName {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
}

/** A group of the directory, in the shape that every door shows. */
export interface DirectoryGroup {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly parent: DirectoryGroupName | null;
  /** The derived managers, ordered by external id. */
  readonly managers: readonly DirectoryPersonName[];
  /** Number of active members. */
  readonly members: number;
}

/** How a person is named inside another record. */
export interface DirectoryPersonName {
  readonly id: string;
  readonly externalId: string | null;
  readonly name: string;
}

/** One page of a list; `next` is the cursor of the following page, `null` at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
