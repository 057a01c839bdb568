import type { AnyField } from './columns.ts';
import type { SourceId } from './ids.ts';
import type { PersonTraces } from './person-traces.ts';
import type { RawRow, SheetHeader } from './raw-row.ts';
import { emailKey, nameKey } from './records.ts';

/** Tells whether something names a person. In doubt it does: what is kept must not name them. */
export interface PersonMentions {
  /** For texts in which ids stand among other words, such as findings and names of files. */
  inText(text: string): boolean;
  /** For a data row of a file of the source. */
  inRow(header: SheetHeader, row: RawRow): boolean;
}

const idFields: ReadonlySet<AnyField | null> = new Set<AnyField>(['externalId', 'managerId', 'responsibleManager']);

/** An id of a few digits stands in many texts as a number of something else. */
const short = /^\d{1,4}$/;

/** Makes the functions that find a person. Of ids only those of the source count; `null` takes those of all. */
export function personMentions(traces: PersonTraces, sourceId: SourceId | null): PersonMentions {
  const ids = new Set(traces.externalIds.filter((one) => sourceId === null || one.sourceId === sourceId).map((one) => one.externalId));
  const isNamed = namesIn(traces);
  const words = wordsOf([...ids].filter((id) => !short.test(id)));
  const listed = [...ids].filter((id) => short.test(id)).map((id) => new RegExp(`(?:^|, |-> |held by )${id}(?:$|,| ->| and )`, 'u'));
  return {
    inText: (text) => isNamed(text) || ids.has(text) || words(text) || listed.some((pattern) => pattern.test(text)),
    inRow({ columns }, { cells }) {
      if (isNamed(cells.join('\n'))) return true;
      const named = columns.some(({ position, field }) => {
        const cell = seen(cells[position] ?? '');
        return ids.has(cell) && (idFields.has(field) || (field === null && !short.test(cell)));
      });
      return named || hasName(traces, columns, cells);
    },
  };
}

/** First and last name stand in cells of their own. */
function hasName({ names }: PersonTraces, columns: SheetHeader['columns'], cells: RawRow['cells']): boolean {
  const cellOf = (field: AnyField): string => seen(cells[columns.find((column) => column.field === field)?.position ?? -1] ?? '');
  const name = nameKey(`${cellOf('firstName')} ${cellOf('lastName')}`);
  return names.some(({ firstName, lastName }) => nameKey(`${firstName} ${lastName}`) === name);
}

/** Finds e-mails, phones and names, in whatever case and order, wherever they stand in a text. */
function namesIn({ emails, phones, names }: PersonTraces): (text: string) => boolean {
  const orders = names.flatMap(({ firstName, lastName }) => [`${firstName} ${lastName}`, `${lastName} ${firstName}`, `${lastName}, ${firstName}`]);
  const words = wordsOf([...emails.map(emailKey), ...orders.map(nameKey)]);
  const numbers = phones.map((phone) => phone.replace(/\D/g, ''));
  return (text) => {
    const plain = seen(text).toLowerCase();
    return words(plain.replace(/[^\S\n]+/gu, ' ')) || (numbers.length > 0 && hasNumber(plain, numbers));
  };
}

/** Finds any of the words where no letter or digit goes before or after it. */
function wordsOf(texts: readonly string[]): (text: string) => boolean {
  if (texts.length === 0) return () => false;
  const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${escaped.join('|')})(?![\\p{L}\\p{N}])`, 'u');
  return (text) => texts.some((one) => text.includes(one)) && pattern.test(text);
}

/** Digits that may be a number, as people write them; a country code or a zero in front need not be there. */
function hasNumber(text: string, numbers: readonly string[]): boolean {
  for (const [written] of text.matchAll(/\d[\d ()./\u2010-\u2015-]{5,}\d/gu)) {
    const digits = written.replace('(0)', '').replace(/\D/g, '').replace(/^0+/, '');
    if (digits.length >= 7 && numbers.some((number) => number.endsWith(digits))) return true;
  }
  return false;
}

/** The text without what cannot be seen, in Unicode NFC. */
function seen(text: string): string {
  return text.normalize('NFC').replace(/\p{Default_Ignorable_Code_Point}/gu, '').trim();
}
