/** The two kinds of record that a file can hold. */
export type SheetKind = 'users' | 'groups';

/** Fields of a user row. */
export type UserField =
  | 'externalId'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'phoneNumber'
  | 'isManager'
  | 'groupId'
  | 'groupName'
  | 'managerId'
  | 'managerName'
  | 'active'
  | 'language';

/** Fields of a group row. */
export type GroupField = 'orgUnitId' | 'name' | 'description' | 'responsibleManager' | 'parentOrgUnit';

/** Any field of the contract. */
export type AnyField = UserField | GroupField;

/** A column of the file contract. */
export interface ContractColumn<Field extends AnyField = AnyField> {
  readonly field: Field;
  /** Every header that names it; the Excel dialect first. */
  readonly headers: readonly string[];
  /** The position that it must have, counted from 0; `null` when any will do. A column with a position is mandatory. */
  readonly position: number | null;
  /** True when every row must have a value here. */
  readonly valueMandatory: boolean;
  /** True when the header may stand in the file more than once. */
  readonly repeatable: boolean;
}

const optional = { position: null, valueMandatory: false, repeatable: false } as const;

/** The columns of users: Excel sheet `Users` and CSV user file have different headers, and both are accepted everywhere. */
export const userColumns: readonly ContractColumn<UserField>[] = [
  { field: 'externalId', headers: ['EmployeeID', 'Employee ID'], position: 0, valueMandatory: true, repeatable: false },
  { field: 'firstName', headers: ['FirstName', 'First Name'], position: 1, valueMandatory: true, repeatable: false },
  { field: 'lastName', headers: ['LastName', 'Last Name'], position: 2, valueMandatory: true, repeatable: false },
  { field: 'email', headers: ['Email'], position: 3, valueMandatory: false, repeatable: false },
  { ...optional, field: 'phoneNumber', headers: ['PhoneNumber', 'PhoneNumber(Optional)'] },
  { ...optional, field: 'isManager', headers: ['IsManager'] },
  { ...optional, field: 'groupId', headers: ['Department', 'Group memberships'], repeatable: true },
  { ...optional, field: 'groupName', headers: ['DepartmentName', 'Group Name'], repeatable: true },
  { ...optional, field: 'managerId', headers: ['EmployeeManagerID', 'Employee ManagerID'] },
  { ...optional, field: 'managerName', headers: ['EmployeeManagerName'] },
  { ...optional, field: 'active', headers: ['Active'] },
  { ...optional, field: 'language', headers: ['Language'] },
];

/** The columns of groups, the same in Excel and CSV. */
export const groupColumns: readonly ContractColumn<GroupField>[] = [
  { field: 'orgUnitId', headers: ['OrgUnitID'], position: 0, valueMandatory: true, repeatable: false },
  { field: 'name', headers: ['Name'], position: 1, valueMandatory: true, repeatable: false },
  { field: 'description', headers: ['Description'], position: 2, valueMandatory: false, repeatable: false },
  { field: 'responsibleManager', headers: ['ResponsibleManager'], position: 3, valueMandatory: false, repeatable: false },
  { field: 'parentOrgUnit', headers: ['ParentOrgUnit'], position: 4, valueMandatory: false, repeatable: false },
];

/** The columns of a kind of record. */
export function columnsOf(kind: SheetKind): readonly ContractColumn[] {
  return kind === 'users' ? userColumns : groupColumns;
}
