import type { CellFormat } from '../cells/cell-format.ts';
import { sheetName } from '../sheet-choice.ts';
import { damaged } from '../unreadable.ts';
import type { Archive } from './archive.ts';
import { readRelations, type Relation } from './relations.ts';
import { readStyles } from './styles.ts';
import { scanXml } from './xml-scanner.ts';

/** A sheet with cells. */
export interface WorkbookSheet {
  readonly name: string;
  readonly isVisible: boolean;
  /** Name of the part that holds its cells. */
  readonly part: string;
}

/** What is needed to read the sheets. */
export interface Workbook {
  readonly sheets: readonly WorkbookSheet[];
  /** Format of each cell style, by its number. */
  readonly formats: readonly CellFormat[];
  /** Name of the part with the shared texts; `null` when there is none. */
  readonly strings: string | null;
  /** True when days are counted from 1904. */
  readonly is1904: boolean;
}

/** Reads a workbook's list of sheets, wherever its parts stand. Throws when it is damaged. */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const part = await workbookPart(archive);
  const relations = await readRelations(archive, part);
  const found = await readSheets(archive, part);
  const sheets = found.sheets.flatMap(({ name, id, isVisible }) => {
    const relation = relations.find((candidate) => candidate.id === id);
    return relation?.type === 'worksheet' ? [{ name, isVisible, part: relation.target }] : [];
  });
  const styles = targetOf(relations, 'styles');
  return {
    sheets,
    formats: styles !== null && archive.has(styles) ? await readStyles(archive.read(styles)) : [],
    strings: targetOf(relations, 'sharedStrings'),
    is1904: found.is1904,
  };
}

async function workbookPart(archive: Archive): Promise<string> {
  const relations = archive.has('_rels/.rels') ? await readRelations(archive, '') : [];
  const part = targetOf(relations, 'officeDocument') ?? 'xl/workbook.xml';
  if (!archive.has(part)) throw damaged('it has no list of sheets');
  return part;
}

function targetOf(relations: readonly Relation[], type: string): string | null {
  return relations.find((relation) => relation.type === type)?.target ?? null;
}

interface FoundSheets {
  readonly sheets: { readonly name: string; readonly id: string; readonly isVisible: boolean }[];
  is1904: boolean;
}

async function readSheets(archive: Archive, part: string): Promise<FoundSheets> {
  const found: FoundSheets = { sheets: [], is1904: false };
  await scanXml(archive.read(part), {
    wantsText: false,
    open(name, tag, depth) {
      if (depth === 3 && name === 'sheet') {
        const attributes = tag.all();
        const isVisible = (attributes.get('state') ?? 'visible') === 'visible';
        found.sheets.push({ name: sheetName(attributes.get('name') ?? ''), id: attributes.get('id') ?? '', isVisible });
      } else if (depth === 2 && name === 'workbookPr') {
        found.is1904 = ['1', 'true', 'on'].includes(tag.all().get('date1904') ?? '');
      }
    },
    close: () => undefined,
    text: () => undefined,
  });
  return found;
}
