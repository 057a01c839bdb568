import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';
import type { Row } from './testing/words.ts';

const given = {
  groups: [{ OrgUnitID: 'G', Name: 'Garden' }],
  users: [{ EmployeeID: 'M' }, { EmployeeID: 'A', Department: 'G', Language: 'sv' }],
};
const rejectFile = { rowError: 'rejectFile' } as const;
const faults: Row = { Email: 'ada', PhoneNumber: '070', IsManager: 'yes', Active: 'no', Language: 'swedish' };
const allFaults = [
  'validateThatEmailIsCorrect@Email',
  'validateThatPhoneNumberIsCorrect@PhoneNumber',
  'validateIsManager@IsManager',
  'validateActive@Active',
  'validateLanguage@Language',
].join(' ');

chapter('Errors and warnings', [
  {
    says: 'all errors of a row are told at once',
    given,
    file: { users: [{ EmployeeID: 'A', ...faults }, { EmployeeID: 'B', FirstName: '', LastName: '', ...faults }] },
    then: {
      rows: [`A rejected ${allFaults}`, `B rejected ${allFaults} validateMandatoryValues@FirstName validateMandatoryValues@LastName`],
      people: { A: { language: 'sv', groups: ['G'] } },
    },
  },
  {
    says: 'what the set rules find is told together with it',
    given: { groups: [...given.groups, { OrgUnitID: 'G2', Name: 'garden' }], users: [...given.users, { EmployeeID: 'P', PhoneNumber: phoneNumber(9) }] },
    file: {
      users: [
        { EmployeeID: 'B', Email: 'info@example.com', PhoneNumber: phoneNumber(9), DepartmentName: 'Garden' },
        { EmployeeID: 'C', Email: 'info@example.com', PhoneNumber: phoneNumber(8), DepartmentName: '' },
        { EmployeeID: 'D', PhoneNumber: phoneNumber(8), DepartmentName: '' },
      ],
    },
    then: {
      rows: [
        'B rejected validateGroupNameIsUnique@DepartmentName validateNoEmailDuplicates@Email validateNoPhoneDuplicates@PhoneNumber',
        'C rejected validateNoEmailDuplicates@Email validateNoPhoneDuplicates@PhoneNumber',
        'D rejected validateNoPhoneDuplicates@PhoneNumber',
      ],
    },
  },
  {
    says: 'an error never hides one in the next row or in another sheet, and never stops a good row',
    given,
    file: {
      groups: [{ OrgUnitID: '', Name: '', Description: 'x' }, { OrgUnitID: 'H', Name: '' }, { OrgUnitID: 'K', ParentOrgUnit: 'K' }, { OrgUnitID: 'R' }],
      users: [
        { EmployeeID: '', Active: 'no' },
        { EmployeeID: 'B', Active: 'no' },
        { EmployeeID: 'C', Active: '' },
        { EmployeeID: 'D', Email: 'e@example.com', Active: 'no' },
        { EmployeeID: 'E', Active: '' },
      ],
    },
    then: {
      groupRows: [
        '? rejected validateMandatoryValues@OrgUnitID validateMandatoryValues@Name',
        'H rejected validateMandatoryValues@Name',
        'K rejected validateNoGroupCycles@ParentOrgUnit',
        'R created',
      ],
      rows: [
        '? rejected validateMandatoryValues@EmployeeID validateActive@Active',
        'B rejected validateActive@Active',
        'C created',
        'D rejected validateActive@Active validateNoEmailDuplicates@Email',
        'E rejected validateNoEmailDuplicates@Email',
      ],
    },
  },
  {
    says: 'a warning lets its row pass, with all that the row holds',
    given,
    file: { users: [{ EmployeeID: 'B', Department: 'NEW', EmployeeManagerID: 'X', Language: 'da' }, { EmployeeID: 'C', Department: 'G', EmployeeManagerID: 'C' }] },
    then: {
      rows: ['B created validateGroupExists@Department validateManagerExists@EmployeeManagerID', 'C created validateManagerIsSomeoneElse@EmployeeManagerID'],
      people: { B: { language: 'da', groups: ['NEW'] }, C: { groups: ['G'] } },
      groups: { NEW: { managers: [] }, G: { managers: ['C'] } },
    },
  },
  {
    says: 'an error beside warnings rejects the row',
    given,
    file: { users: [{ EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'B', Active: 'no' }] },
    then: { rows: ['B rejected validateActive@Active validateManagerIsSomeoneElse@EmployeeManagerID'] },
  },
  {
    says: 'people who refer to a rejected new manager apply; the manager is not known to them',
    given,
    file: {
      users: [
        { EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'N', EmployeeManagerName: '' },
        { EmployeeID: 'C', Department: 'G', EmployeeManagerID: '', EmployeeManagerName: 'First N' },
        { EmployeeID: 'N', Active: 'no' },
      ],
    },
    then: {
      rows: ['B created validateManagerExists@EmployeeManagerID', 'C created validateManagerExists@EmployeeManagerName', 'N rejected validateActive@Active'],
      groups: { G: { managers: [] } },
    },
  },
  {
    says: 'people who refer to a rejected manager whom the directory knows have that manager',
    given,
    file: { users: [{ EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'M' }, { EmployeeID: 'M', Active: 'no' }] },
    then: { rows: ['B created', 'M rejected validateActive@Active'], groups: { G: { managers: ['M'] } } },
  },
  {
    says: 'people who refer to a manager rejected by a set rule apply too',
    given,
    file: {
      users: [
        { EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'N' },
        { EmployeeID: 'N', PhoneNumber: phoneNumber(5) },
        { EmployeeID: 'O', PhoneNumber: phoneNumber(5) },
      ],
    },
    then: {
      rows: [
        'B created validateManagerExists@EmployeeManagerID',
        'N rejected validateNoPhoneDuplicates@PhoneNumber',
        'O rejected validateNoPhoneDuplicates@PhoneNumber',
      ],
    },
  },
  ...(['create', 'skip'] as const).map((unknownGroup) => ({
    says: `people who refer to a rejected new group apply without it (unknown groups: ${unknownGroup})`,
    given,
    policy: { unknownGroup },
    file: {
      groups: [{ OrgUnitID: 'K', Name: '' }, { OrgUnitID: 'P', ParentOrgUnit: 'Q' }, { OrgUnitID: 'Q', ParentOrgUnit: 'P' }],
      users: [{ EmployeeID: 'B', Department: ['P', 'G'] }, { EmployeeID: 'A', Department: 'Q' }],
    },
    then: {
      groupRows: [
        'K rejected validateMandatoryValues@Name',
        'P rejected validateNoGroupCycles@ParentOrgUnit',
        'Q rejected validateNoGroupCycles@ParentOrgUnit',
      ],
      rows: ['B created validateGroupExists@Department', 'A unchanged validateGroupExists@Department'],
      people: { A: { groups: ['G'] }, B: { groups: ['G'] } },
      groups: { P: null, Q: null },
    },
  })),
  {
    says: 'people who refer to a rejected group that the directory knows are in it',
    given,
    file: { groups: [{ OrgUnitID: 'G', Name: '' }], users: [{ EmployeeID: 'B', Department: 'G' }] },
    then: { groupRows: ['G rejected validateMandatoryValues@Name'], rows: ['B created'], people: { B: { groups: ['G'] } }, groups: { G: { name: 'Garden' } } },
  },
  {
    says: 'groups below a rejected one that the directory knows are below it',
    given,
    file: { groups: [{ OrgUnitID: 'G', Name: '' }, { OrgUnitID: 'R', ParentOrgUnit: 'G' }] },
    then: { groupRows: ['G rejected validateMandatoryValues@Name', 'R created'], groups: { R: { parent: 'G' } } },
  },
  {
    says: 'a group whose responsible manager is rejected applies without a manager',
    given,
    file: { groups: [{ OrgUnitID: 'R', ResponsibleManager: 'N' }], users: [{ EmployeeID: 'N', Active: 'no' }] },
    then: {
      groupRows: ['R created validateManagerExists@ResponsibleManager'],
      rows: ['N rejected validateActive@Active'],
      groups: { R: { managers: [] } },
    },
  },
  {
    says: 'a feed that takes files only as a whole refuses one with a faulty row, and tells of every row',
    given,
    policy: rejectFile,
    file: {
      users: [
        { EmployeeID: 'A', Language: 'da', Active: '' },
        { EmployeeID: 'B', Language: '', Active: 'no' },
        { EmployeeID: 'C', Language: 'swedish', Active: '' },
        { EmployeeID: 'D', Language: '', Active: '' },
      ],
    },
    then: {
      refused: true,
      fileIssues: [{ code: 'validateRowErrors' }],
      rows: ['A skipped', 'B rejected validateActive@Active', 'C rejected validateLanguage@Language', 'D skipped'],
      people: { A: { language: 'sv' } },
    },
  },
  {
    says: 'a feed that takes files only as a whole refuses one for what the set rules find',
    given,
    policy: rejectFile,
    file: { users: [{ EmployeeID: 'B', Email: 'm@example.com' }, { EmployeeID: 'A', Language: 'da' }] },
    then: {
      refused: true,
      fileIssues: [{ code: 'validateRowErrors' }],
      rows: ['B rejected validateNoEmailDuplicates@Email', 'A skipped'],
      people: { A: { language: 'sv' } },
    },
  },
  {
    says: 'a feed that takes files only as a whole refuses both sheets for a fault in one',
    given,
    policy: rejectFile,
    file: { groups: [{ OrgUnitID: 'G', Name: 'Park' }], users: [{ EmployeeID: 'B', Active: 'no' }] },
    then: {
      refused: true,
      fileIssues: [{ code: 'validateRowErrors' }],
      groupRows: ['G skipped'],
      rows: ['B rejected validateActive@Active'],
      groups: { G: { name: 'Garden' } },
    },
  },
  {
    says: 'a feed that takes files only as a whole takes one with warnings',
    given,
    policy: rejectFile,
    file: { users: [{ EmployeeID: 'B', Department: 'G', EmployeeManagerID: 'X', Active: '' }, { EmployeeID: 'Z', Department: '', EmployeeManagerID: '', Active: '0' }] },
    then: { rows: ['B created validateManagerExists@EmployeeManagerID', 'Z skipped validateUserExists'] },
  },
]);
