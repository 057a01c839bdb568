import { describe, expect, test } from '@jest/globals';

import { readWhole, type WholeFile } from '../testing/read-whole.ts';
import { textRow, usersHeader, workbookOf, workbookParts } from '../testing/workbook-of.ts';
import { zipOf } from '../testing/zip-of.ts';

const styles = `
  <numFmts count="3"><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/>
  <numFmt numFmtId="166" formatCode="[$-409]d\\ mmm\\ yyyy;@"/></numFmts>
  <cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>
  <cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="20"/></cellXfs>`;

function texts({ rows, issues }: WholeFile): unknown {
  return issues.length > 0 ? issues : rows.map(({ row, cells }) => [row, ...cells]);
}

/** Reads a workbook of users whose second row has these cells. */
async function cellsOf(cells: string, pieces: { strings?: string; properties?: string } = {}): Promise<unknown> {
  const whole = await readWhole(workbookOf({ sheets: { Users: `${usersHeader}<row r="2">${cells}</row>` }, styles, ...pieces }));
  return whole.issues.length > 0 ? whole.issues : whole.rows[0];
}

describe('cells of a workbook', () => {
  test.each<[string, string, readonly string[]]>([
    ['a number', '<c r="A2"><v>46701234567</v></c>', ['46701234567']],
    ['a number with a needless fraction', '<c r="A2"><v>46701234567.0</v></c>', ['46701234567']],
    ['an exponent', '<c r="A2"><v>1E+05</v></c><c r="B2"><v>4.6701234567E10</v></c><c r="C2"><v>1.5e-3</v></c>', ['100000', '46701234567', '0.0015']],
    ['rounding noise', '<c r="A2"><v>0.30000000000000004</v></c>', ['0.3']],
    ['leading zeros by format', '<c r="A2" s="2"><v>42</v></c>', ['00042']],
    ['a date', '<c r="A2" s="1"><v>45306</v></c>', ['2024-01-15']],
    ['a date and a time', '<c r="A2" s="3"><v>45306.5</v></c>', ['2024-01-15T12:00:00']],
    ['a date whose format hides the time', '<c r="A2" s="4"><v>45306.5</v></c>', ['2024-01-15']],
    ['a time', '<c r="A2" s="5"><v>0.75</v></c>', ['18:00:00']],
    ['days before the leap day that never was', '<c r="A2" s="1"><v>1</v></c><c r="B2" s="1"><v>59</v></c><c r="C2" s="1"><v>61</v></c>', ['1900-01-01', '1900-02-28', '1900-03-01']],
    ['no day at all', '<c r="A2" s="1"><v>-5</v></c>', ['-5']],
    ['an ISO date', '<c r="A2" t="d"><v>2024-01-15T00:00:00</v></c><c r="B2" t="d" s="3"><v>2024-01-15T08:30</v></c>', ['2024-01-15', '2024-01-15T08:30:00']],
    ['booleans', '<c r="A2" t="b"><v>1</v></c><c r="B2" t="b"><v>0</v></c>', ['1', '0']],
    ['a formula with its text', '<c r="A2" t="str"><f>B1&amp;"x"</f><v>E1</v></c>', ['E1']],
    ['a formula with its number', '<c r="A2"><f>1+1</f><v>2</v></c>', ['2']],
    ['an error', '<c r="A2" t="e"><v>#N/A</v></c>', ['#N/A']],
    ['a shared text', '<c r="A2" t="s"><v>0</v></c>', ['Åsa & "Bo" <x>']],
    ['a shared rich text', '<c r="A2" t="s"><v>1</v></c>', ['rich text']],
    ['a phonetic guide', '<c r="A2" t="s"><v>2</v></c>', ['漢字']],
    ['an escaped character', '<c r="A2" t="s"><v>3</v></c>', ['a\rb_x_']],
    ['character data', '<c r="A2" t="s"><v>4</v></c>', ['<a&b>']],
    ['a rich text in the cell', '<c r="A2" t="inlineStr"><is><r><rPr><b/></rPr><t>in</t></r><r><t xml:space="preserve">line </t></r><rPh sb="0" eb="1"><t>no</t></rPh></is></c>', ['inline ']],
    ['no references', '<c><v>1</v></c><c><v>2</v></c><c t="s"><v>1</v></c>', ['1', '2', 'rich text']],
    ['a gap', '<c r="A2"><v>1</v></c><c r="D2"><v>4</v></c>', ['1', '', '', '4']],
    ['another order', '<c r="C2"><v>3</v></c><c r="A2"><v>1</v></c>', ['1', '', '3']],
    ['empty and self-closing cells', '<c r="A2" s="1"/><c r="B2"><v></v></c><c r="C2"><v>3</v></c><c r="D2" t="s"/>', ['', '', '3']],
    ['comments and spaces between tags', '\n <!-- <c r="A2"><v>9</v></c> > --> <c\n r = "A2"\t><v>1</v> </c>\n', ['1']],
    ['odd but correct XML', "<c r='A2' x='a>b'><v>&#49;&#x32;</v></c>", ['12']],
  ])('%s', async (_name, cells, expected) => {
    const strings = [
      '<si><t>Åsa &amp; &quot;Bo&quot; &lt;x&gt;</t></si>',
      '<si><r><t xml:space="preserve">rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>',
      '<si><t>漢字</t><rPh sb="0" eb="2"><t>カンジ</t></rPh><phoneticPr fontId="1"/></si>',
      '<si><t>a_x000D_b_x005F_x_</t></si>',
      '<si><t><![CDATA[<a&b>]]></t></si>',
    ].join('');
    expect(await cellsOf(cells, { strings })).toMatchObject({ sheet: 'Users', row: 2, cells: expected });
  });

  test('days counted from 1904', async () => {
    expect(await cellsOf('<c r="A2" s="1"><v>43844</v></c>', { properties: 'date1904="1"' })).toMatchObject({ cells: ['2024-01-15'] });
  });

  test('numbers longer than a spreadsheet keeps are marked', async () => {
    const cells = '<c r="A2"><v>123456789012345</v></c><c r="B2"><v>1234567890123456</v></c><c r="C2"><v>1E+20</v></c>';
    expect(await cellsOf(cells)).toMatchObject({ damaged: [1, 2], cells: ['123456789012345', '1234567890123456', '100000000000000000000'] });
  });

  test('dates are marked, since an id may have become one', async () => {
    const cells = '<c r="A2" s="1"><v>45324</v></c><c r="B2" t="d"><v>2024-02-02</v></c><c r="C2" t="str"><v>2024-02-02</v></c><c r="D2" s="2"><v>42</v></c>';
    expect(await cellsOf(cells)).toMatchObject({ damaged: [0, 1], cells: ['2024-02-02', '2024-02-02', '2024-02-02', '00042'] });
  });

  test('a row that comes out has nothing but what rows have', async () => {
    expect(await cellsOf('<c r="A2"><v>7</v></c><c r="B2"><f>A1</f></c>', {})).toEqual([
      'validateFormulaResults Users!2: A formula in FirstName has no result in the workbook, so its cell is empty here: the first is in row 2.',
    ]);
    const whole = await readWhole(workbookOf({ sheets: { Users: `${usersHeader}<row r="2"><c r="A2"><v>7</v></c></row>` } }));
    expect(whole.rows).toEqual([{ sheet: 'Users', row: 2, cells: ['7'] }]);
  });
});

describe('rows and sheets', () => {
  test('row numbers are the sheet\'s own, and rows without one follow the last', async () => {
    const data = `${usersHeader}<row r="5"><c><v>5</v></c></row><row><c><v>6</v></c></row><row r="9" hidden="1"><c><v>9</v></c></row><row r="10"/>`;
    expect(texts(await readWhole(workbookOf({ sheets: { Users: data } })))).toEqual([[5, '5'], [6, '6'], [9, '9']]);
  });

  test.each<[string, Record<string, string>, unknown]>([
    ['Users and Groups among others', { Notes: textRow(1, 'x'), ' users': `${usersHeader}${textRow(2, 'E1')}`, GROUPS: `${textRow(1, 'OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit')}${textRow(2, 'D1')}` }, [[2, 'E1'], [2, 'D1']]],
    ['the only sheet, by its header', { Export: `${usersHeader}${textRow(2, 'E1')}` }, [[2, 'E1']]],
    ['several sheets of other names', { Export: usersHeader, Notes: '' }, ['validateSheetNames file: The workbook has no sheet named Users or Groups; it has Export, Notes.']],
    ['the wrong table under the name', { Users: textRow(1, 'OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit') }, [
      'validateHeaderRow Users!1: The first row is not a header row of users or groups: the sheet is named after users, but its first row is a header row of groups.',
      'validateFileHasRows file: There is a header row, but no data row below it.',
    ]],
    ['headers only, in both', { Users: usersHeader, Groups: textRow(1, 'OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit') }, [
      'validateFileHasRows file: There is a header row, but no data row below it.',
    ]],
    ['rows in one of the two', { Users: usersHeader, Groups: `${textRow(1, 'OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit')}${textRow(2, 'D1')}` }, [[2, 'D1']]],
    ['an empty sheet beside a full one', { Users: '', Groups: `${textRow(1, 'OrgUnitID', 'Name', 'Description', 'ResponsibleManager', 'ParentOrgUnit')}${textRow(2, 'D1')}` }, [[2, 'D1']]],
    ['empty sheets only', { Users: '', Groups: '<row r="1"><c r="A1" s="1"/></row>' }, ['validateFileIsNotEmpty file: The file is empty.']],
    ['an empty row above the header', { Users: `${usersHeader.replaceAll('1"', '3"')}${textRow(4, 'E1')}` }, [
      'validateHeaderRow Users!1: The first row is not a header row of users or groups: the header row was found in row 3.',
    ]],
    ['a value right of all headers, which the rules judge', { Users: `${usersHeader}${textRow(2, 'E1', '', '', '', '', 'note')}` }, [[2, 'E1', '', '', '', '', 'note']]],
    ['a value below an empty header', { Users: `${usersHeader.replace('</row>', '<c r="F1" t="str"><v>City</v></c></row>')}${textRow(2, 'E1', '', '', '', 'note')}` }, [
      'validateHeaderRow Users!1: The first row is not a header row of users or groups: column 5 has no header, but a value in row 2.',
    ]],
    ['a second header row', { Users: `${usersHeader}${textRow(2, 'E1')}${usersHeader.replaceAll('1"', '3"')}` }, ['validateSingleHeaderRow Users!3: Row 3 is a second header row.']],
  ])('%s', async (_name, sheets, expected) => {
    expect(texts(await readWhole(workbookOf({ sheets })))).toEqual(expected);
  });

  test('parts may have other names, prefixes, places and order', async () => {
    const parts = workbookParts({ sheets: { Users: `${usersHeader}${textRow(2, 'E1')}` } }).map(({ name, data }) => {
      const text = String(data)
        .replaceAll('xl/workbook.xml', '/odd place/the%20book.xml')
        .replace('worksheets/sheet1.xml', '/Cells/One.XML')
        .replaceAll('http://schemas.openxmlformats.org/officeDocument/2006/relationships/', 'http://purl.oclc.org/ooxml/officeDocument/relationships/');
      const prefixed = name.startsWith('xl/work') ? text.replace(/<(\/?)(?=[a-z])/g, '<$1x:') : text;
      const moved = new Map([
        ['xl/workbook.xml', 'odd place/the book.xml'],
        ['xl/_rels/workbook.xml.rels', 'odd place/_rels/the book.xml.rels'],
        ['xl/worksheets/sheet1.xml', 'cells/one.xml'],
      ]);
      return { name: moved.get(name) ?? name, data: prefixed.replace('xmlns=', 'xmlns:x=') };
    });
    expect(texts(await readWhole(zipOf(parts.reverse())))).toEqual([[2, 'E1']]);
  });
});
