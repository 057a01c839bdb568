/** Which header names a file of users uses: those of the Excel sheet, those of the CSV file, or some of each. */
export type Dialect = 'excel' | 'csv' | 'mixed';

/** The headers that differ between the two descriptions of the file: Excel sheet, CSV file. */
const twins: ReadonlyMap<string, string> = new Map([
  ['EmployeeID', 'Employee ID'],
  ['FirstName', 'First Name'],
  ['LastName', 'Last Name'],
  ['PhoneNumber', 'PhoneNumber(Optional)'],
  ['Department', 'Group memberships'],
  ['DepartmentName', 'Group Name'],
  ['EmployeeManagerID', 'Employee ManagerID'],
]);
const names = new Map([...twins].map(([excel, csv]) => [csv, excel]));

/** A header row of users, given in the words of the Excel dialect, in another one. */
export function inDialect(header: readonly string[], dialect: Dialect): readonly string[] {
  return header.map((name, position) => {
    const takesCsv = dialect === 'csv' || (dialect === 'mixed' && position % 2 === 1);
    return takesCsv ? (twins.get(name) ?? name) : name;
  });
}

/** A header of any dialect in the words of the Excel dialect. */
export function inExcelWords(name: string): string {
  return names.get(name) ?? name;
}
