import type { ExpectedUser } from '@rosterport/fixtures';
import type { Row, Rows } from './words.ts';

/** One of the Swedish mobile numbers that nobody has, in E.164; from 5 to 99. */
export function phoneNumber(index: number): string {
  return `+467017406${String(index).padStart(2, '0')}`;
}

/** A person with a value in every column. The manager `M` and the groups `G` and `H` stand in {@link wholeCompany}. */
export const wholePerson: Row = {
  EmployeeID: 'A',
  FirstName: 'Ada',
  LastName: 'Berg',
  Email: 'ada@example.com',
  PhoneNumber: phoneNumber(5),
  IsManager: '1',
  Department: 'G',
  EmployeeManagerID: 'M',
  Active: '1',
  Language: 'sv',
  City: 'Lund',
};

/** The same person as the directory shows them. */
export const wholePersonShown: ExpectedUser = {
  externalId: 'A',
  firstName: 'Ada',
  lastName: 'Berg',
  email: 'ada@example.com',
  phone: phoneNumber(5),
  isManager: true,
  active: true,
  language: 'sv',
  attributes: { City: 'Lund' },
  groups: ['G'],
};

/** The person with a value in every column among a manager and two groups, one above the other. */
export const wholeCompany: Rows = {
  groups: [
    { OrgUnitID: 'H', Name: 'House' },
    { OrgUnitID: 'G', Name: 'Garden', Description: 'All that grows', ResponsibleManager: 'N', ParentOrgUnit: 'H' },
  ],
  users: [{ EmployeeID: 'M' }, { EmployeeID: 'N' }, wholePerson],
};
