/**
 * What a person is to have after a change by hand. What is missing stays as it is; `null` empties. Values are proved by the
 * rules: e-mails as files give them, phones in E.164, languages canonical, attributes of their type.
 */
export interface UserEdit {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly isManager?: boolean;
  readonly active?: boolean;
  readonly language?: string | null;
  /** Names that are missing stay as they are; `null` empties. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** Ids of groups: the person gets exactly these. */
  readonly groups?: readonly string[];
  readonly administrator?: boolean;
}

/** The person that is made by hand; both names are needed. */
export type NewUser = UserEdit & Required<Pick<UserEdit, 'firstName' | 'lastName'>>;

/** The values of a person, as the journal names them. */
export interface UserValues {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly isManager: boolean;
  readonly active: boolean;
  readonly inactiveCause: 'cell' | 'absence' | 'hand' | null;
  readonly language: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly administrator: boolean;
}

/** Somebody before anything is known of them. */
export const nobody: UserValues = {
  ...{ firstName: '', lastName: '', email: null, phone: null, isManager: false, active: true, inactiveCause: null },
  ...{ language: null, attributes: {}, administrator: false },
};

/** The values after the change. Whoever is made inactive by hand stays so, whatever files say of their presence. */
export function edited(before: UserValues, edit: UserEdit): UserValues {
  const { attributes, active = before.active } = edit;
  return {
    firstName: edit.firstName ?? before.firstName,
    lastName: edit.lastName ?? before.lastName,
    email: edit.email === undefined ? before.email : edit.email,
    phone: edit.phone === undefined ? before.phone : edit.phone,
    isManager: edit.isManager ?? before.isManager,
    active,
    inactiveCause: active ? null : edit.active === false ? 'hand' : before.inactiveCause,
    language: edit.language === undefined ? before.language : edit.language,
    attributes: attributes === undefined ? before.attributes : merged(before.attributes, attributes),
    administrator: edit.administrator ?? before.administrator,
  };
}

/** Through a map, since `__proto__` is a name like any other. */
function merged(before: UserValues['attributes'], edit: NonNullable<UserEdit['attributes']>): UserValues['attributes'] {
  const values = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(edit)) {
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
  return Object.fromEntries(values);
}
