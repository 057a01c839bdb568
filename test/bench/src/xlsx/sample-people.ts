/** A column of the generated sheet: its header and where its texts come from. */
interface Column {
  readonly header: string;
  /** The texts that the rows take turns in; `null` for a text that no other row has. */
  readonly pool: readonly string[] | null;
}

const firstNames = ['Ada', 'Åsa', 'José', 'Käthe', 'Zoë', 'Bob', 'Γιώργος', '太郎', 'Małgorzata', 'Lena', 'Jean-Luc', 'Emma', 'Olof', 'Siân', 'Ivan', 'Mary Ann'];
const lastNames = ['Berg', 'Öberg', 'Muñoz', 'Lefèvre', 'St. Clair', 'Nowak', 'Παπαδόπουλος', '山田', "O'Neill", 'Smith', 'Jensen', 'von der Heide', 'Dahl'];
const cities = ['Stockholm', 'Göteborg', 'København', 'Łódź', 'Paris', 'Αθήνα', '東京', 'Berlin', 'Oslo', 'New York', 'Praha'];
const groups = Array.from({ length: 400 }, (_, index) => `DEP_${String(index).padStart(4, '0')}`);
const groupNames = groups.map((_, index) => `${['Sales', 'R&D', 'Finance', 'Støtte'][index % 4] ?? ''} ${index}`);
const managers = Array.from({ length: 997 }, (_, index) => uniqueText(0, index));
const managerNames = managers.map((_, index) => `${firstNames[index % 16] ?? ''} ${lastNames[index % 13] ?? ''}`);
const costCenters = Array.from({ length: 90 }, (_, index) => `CC ${String(index).padStart(4, '0')}`);

const columns: readonly Column[] = [
  { header: 'EmployeeID', pool: null },
  { header: 'FirstName', pool: firstNames },
  { header: 'LastName', pool: lastNames },
  { header: 'Email', pool: null },
  { header: 'PhoneNumber', pool: null },
  { header: 'IsManager', pool: ['0', '0', '0', '0', '0', '0', '0', '1'] },
  { header: 'Department', pool: groups },
  { header: 'DepartmentName', pool: groupNames },
  { header: 'EmployeeManagerID', pool: managers },
  { header: 'EmployeeManagerName', pool: managerNames },
  { header: 'Active', pool: ['1'] },
  { header: 'Language', pool: ['sv-SE', 'en', 'fr-FR', 'el-GR', 'ja', 'de'] },
  { header: 'City', pool: cities },
  { header: 'CostCenter', pool: costCenters },
];

/** How many different texts there are but for those that one row alone has: the headers and the pools. */
const pooled = [...new Set(columns.flatMap(({ header, pool }) => [header, ...(pool ?? [])]))];
const pooledNumbers = new Map(pooled.map((text, number) => [text, number]));
const uniqueColumns = columns.flatMap(({ pool }, index) => (pool === null ? [index] : []));

/** The headers of the generated sheet. */
export const headers: readonly string[] = columns.map(({ header }) => header);

/** The texts of the person at an index, all different from empty. */
export function textsOf(index: number): string[] {
  return columns.map(({ pool }, column) => (pool === null ? uniqueText(column, index) : (pool[index % pool.length] ?? '')));
}

/** The number in `sharedTexts` of each of these texts. */
export function sharedNumbersOf(index: number, texts: readonly string[]): number[] {
  return texts.map((text, column) => {
    const place = uniqueColumns.indexOf(column);
    return place === -1 ? sharedNumberOf(text) : pooled.length + index * uniqueColumns.length + place;
  });
}

/** The number in `sharedTexts` of a header or of a text that several rows have. */
export function sharedNumberOf(text: string): number {
  const number = pooledNumbers.get(text);
  if (number === undefined) throw new RangeError('This text is not shared.');
  return number;
}

/** The list of texts that the cells of so many people share, without ever being whole in memory. */
export function* sharedTexts(people: number): Generator<string> {
  yield* pooled;
  for (let index = 0; index < people; index += 1) for (const column of uniqueColumns) yield uniqueText(column, index);
}

function uniqueText(column: number, index: number): string {
  const number = String(index + 1).padStart(7, '0');
  if (column === 0) return index % 5 === 0 ? number : `E${number}`;
  if (column === 3) return `${['ada', 'bo', 'jean.luc', 'kathe'][index % 4] ?? ''}.${index + 1}@example.com`;
  return `+46 70 ${number}`;
}
