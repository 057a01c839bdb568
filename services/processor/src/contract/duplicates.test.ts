import { chapter } from './testing/chapter.ts';
import { phoneNumber } from './testing/companies.ts';

const email = 'validateNoEmailDuplicates@Email';
const phone = 'validateNoPhoneDuplicates@PhoneNumber';
const foreign = 'validateDuplicateMailInAnotherCompany@Email';
const [one, two] = [phoneNumber(5), phoneNumber(6)];
const given = { users: [{ EmployeeID: 'A', PhoneNumber: one }, { EmployeeID: 'B', PhoneNumber: two }] };
const keeps = { A: { email: 'a@example.com', phone: one }, B: { email: 'b@example.com', phone: two } };

chapter('What belongs to one person', [
  {
    says: 'is refused in all rows of a file that share an e-mail, each naming the others',
    file: { users: ['C', 'D', 'E', 'F'].map((EmployeeID) => ({ EmployeeID, Email: EmployeeID === 'E' ? 'e@example.com' : 'info@example.com' })) },
    then: {
      rows: [
        { row: `C rejected ${email}`, names: ['info@example.com', 'rows 2, 3, 5'] },
        { row: `D rejected ${email}`, names: ['info@example.com', 'rows 2, 3, 5'] },
        'E created',
        { row: `F rejected ${email}`, names: ['info@example.com', 'rows 2, 3, 5'] },
      ],
    },
  },
  {
    says: 'is refused in all rows of a file that share a phone number, however it is written',
    file: { users: [{ EmployeeID: 'C', PhoneNumber: '+46 70 174 06 05' }, { EmployeeID: 'D', PhoneNumber: two }, { EmployeeID: 'E', PhoneNumber: one }] },
    then: { rows: [{ row: `C rejected ${phone}`, names: [one, 'rows 2, 4'] }, 'D created', { row: `E rejected ${phone}`, names: [one, 'rows 2, 4'] }] },
  },
  {
    says: 'is refused for both reasons at once',
    file: { users: [{ EmployeeID: 'C', Email: 'x@example.com', PhoneNumber: one }, { EmployeeID: 'D', Email: 'X@example.com', PhoneNumber: one }] },
    then: { rows: [`C rejected ${email} ${phone}`, `D rejected ${email} ${phone}`] },
  },
  {
    says: 'is refused in every row of a person who stands in several',
    file: {
      users: [
        { EmployeeID: 'C', Email: 'x@example.com', Department: 'G' },
        { EmployeeID: 'D', Email: 'x@example.com', Department: '' },
        { EmployeeID: 'C', Email: 'x@example.com', Department: 'H' },
      ],
    },
    then: {
      rows: [
        `C rejected validateGroupExists@Department ${email}`,
        { row: `D rejected ${email}`, names: ['rows 2, 3, 4'] },
        `C rejected validateGroupExists@Department ${email}`,
      ],
    },
  },
  {
    says: 'is no matter of the rows of one person',
    file: { users: [{ EmployeeID: 'C', PhoneNumber: one }, { EmployeeID: 'C', PhoneNumber: one }] },
    then: { rows: ['C created', 'C created'] },
  },
  {
    says: 'is refused in the row that would take it from somebody of the directory, and says who that is',
    given,
    file: { users: [{ EmployeeID: 'C', Email: 'A@example.com', PhoneNumber: '' }, { EmployeeID: 'D', PhoneNumber: two }, { EmployeeID: 'E', PhoneNumber: '' }] },
    then: { rows: [{ row: `C rejected ${email}`, names: ['A'] }, { row: `D rejected ${phone}`, names: ['B'] }, 'E created'], people: keeps },
  },
  {
    says: 'is refused to a known person too, who stays as they were',
    given,
    file: { users: [{ EmployeeID: 'A', PhoneNumber: two, Language: 'sv' }] },
    then: { rows: [{ row: `A rejected ${phone}`, names: ['B'] }], people: { A: { ...keeps.A, language: null } } },
  },
  {
    says: 'may be named by its holder as often as need be',
    given,
    file: { users: [{ EmployeeID: 'A', PhoneNumber: one }, { EmployeeID: 'B', Email: 'B@EXAMPLE.com', PhoneNumber: '' }] },
    then: { rows: ['A unchanged', 'B updated'] },
  },
  {
    says: 'is free when its holder takes another in the same file, before or after',
    given,
    file: {
      users: [
        { EmployeeID: 'C', Email: 'a@example.com', PhoneNumber: one },
        { EmployeeID: 'A', Email: 'ada@example.com', PhoneNumber: phoneNumber(7) },
        { EmployeeID: 'B', Email: 'bo@example.com', PhoneNumber: phoneNumber(8) },
        { EmployeeID: 'D', Email: 'b@example.com', PhoneNumber: two },
      ],
    },
    then: { rows: ['C created', 'A updated', 'B updated', 'D created'], people: { C: { email: 'a@example.com', phone: one }, D: { email: 'b@example.com', phone: two } } },
  },
  {
    says: 'may be exchanged by two people',
    given,
    file: { users: [{ EmployeeID: 'A', Email: 'b@example.com', PhoneNumber: two }, { EmployeeID: 'B', Email: 'a@example.com', PhoneNumber: one }] },
    then: { rows: ['A updated', 'B updated'], people: { A: { email: 'b@example.com', phone: two }, B: { email: 'a@example.com', phone: one } } },
  },
  {
    says: 'is not free when the row that would give it up is rejected',
    given,
    file: {
      users: [
        { EmployeeID: 'A', Email: 'ada@example.com', PhoneNumber: 'none' },
        { EmployeeID: 'C', Email: 'a@example.com', PhoneNumber: '' },
      ],
    },
    then: { rows: ['A rejected validateThatPhoneNumberIsCorrect@PhoneNumber', { row: `C rejected ${email}`, names: ['A'] }], people: keeps },
  },
  {
    says: 'is not free when the one who would give it up is refused what they wanted instead, in a chain',
    given: { users: [...given.users, { EmployeeID: 'C' }] },
    file: {
      users: [
        { EmployeeID: 'D', Email: 'a@example.com' },
        { EmployeeID: 'A', Email: 'b@example.com' },
        { EmployeeID: 'B', Email: 'c@example.com' },
      ],
    },
    then: {
      rows: [{ row: `D rejected ${email}`, names: ['A'] }, { row: `A rejected ${email}`, names: ['B'] }, { row: `B rejected ${email}`, names: ['C'] }],
      people: keeps,
    },
  },
  {
    says: 'is of active people only: an inactive one neither holds nor takes it',
    given: [given, { users: [{ EmployeeID: 'A', Active: '0' }] }],
    file: {
      users: [
        { EmployeeID: 'C', Email: 'a@example.com', PhoneNumber: one, Active: '' },
        { EmployeeID: 'A', Email: 'b@example.com', PhoneNumber: two, Active: '0' },
        { EmployeeID: 'X', Email: 'b@example.com', PhoneNumber: two, Active: '0' },
      ],
    },
    then: { rows: ['C created', 'A updated', 'X skipped validateUserExists'], people: { A: { active: false, email: 'b@example.com', phone: two } } },
  },
  {
    says: 'is refused to somebody who would come back to it, also when the cells are empty',
    given: [given, { users: [{ EmployeeID: 'A', Active: '0' }] }, { users: [{ EmployeeID: 'C', PhoneNumber: one }] }],
    file: { users: [{ EmployeeID: 'A', PhoneNumber: '', Active: '1' }] },
    then: { rows: [{ row: `A rejected ${phone}`, names: ['C'] }], people: { A: { active: false } } },
  },
  {
    says: 'is not refused to somebody who comes back with another',
    given: [given, { users: [{ EmployeeID: 'A', Active: '0' }] }, { users: [{ EmployeeID: 'C', PhoneNumber: one }] }],
    file: { users: [{ EmployeeID: 'A', PhoneNumber: phoneNumber(7), Active: '1' }] },
    then: { rows: ['A reactivated'], people: { A: { active: true, phone: phoneNumber(7) } } },
  },
  {
    says: 'is, for e-mails, of one person in all companies; the report says nothing about the other company',
    elsewhere: { users: [{ EmployeeID: 'SECRET-7', FirstName: 'Sofia', LastName: 'Hemlig', Email: 'Taken@Example.com' }] },
    file: { users: [{ EmployeeID: 'C', Email: 'taken@example.COM' }, { EmployeeID: 'D' }] },
    then: { rows: [{ row: `C rejected ${foreign}`, names: ['taken@example.com'] }, 'D created'] },
    untold: ['SECRET', 'Sofia', 'Hemlig', 'Taken@'],
  },
  {
    says: 'is, for e-mails, refused to a known person too who would take one of another company',
    elsewhere: { users: [{ EmployeeID: 'A', Email: 'taken@example.com' }] },
    given,
    file: { users: [{ EmployeeID: 'A', Email: 'taken@example.com', Language: 'sv' }, { EmployeeID: 'B', Language: 'sv' }] },
    then: { rows: [`A rejected ${foreign}`, 'B updated'], people: { A: { ...keeps.A, language: null } } },
  },
  {
    says: 'is, for phone numbers, of one person in each company',
    elsewhere: given,
    file: { users: [{ EmployeeID: 'C', PhoneNumber: one }, { EmployeeID: 'D', PhoneNumber: two }] },
    then: { rows: ['C created', 'D created'] },
  },
]);
