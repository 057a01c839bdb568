import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';

import { bytesOf } from '../byte-source.ts';
import { defaultLimits } from '../limits.ts';
import { Unreadable } from '../unreadable.ts';
import { openArchive } from './archive.ts';
import { XmlScanner } from './xml-scanner.ts';

type Seen = readonly string[] | 'refused';

/** What our scanner sees, with adjoining text joined. */
function scanned(xml: string, pieceBytes: number): Seen {
  const seen: string[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') seen.push(`text ${text}`);
    text = '';
  };
  const scanner = new XmlScanner({
    wantsText: true,
    open(name, tag, depth) {
      flush();
      seen.push(`open ${name} ${depth} ${JSON.stringify([...tag.all()])}`);
    },
    close(name, depth) {
      flush();
      seen.push(`close ${name} ${depth}`);
    },
    text(part) {
      text += part.string();
    },
  });
  try {
    const bytes = Buffer.from(xml);
    for (let at = 0; at < bytes.length; at += pieceBytes) scanner.push(bytes.subarray(at, at + pieceBytes));
    scanner.end();
    return seen;
  } catch (error) {
    if (error instanceof Unreadable) return 'refused';
    throw error;
  }
}

/** What an independent parser sees. */
function parsed(xml: string): Seen {
  const seen: string[] = [];
  let text = '';
  let depth = 0;
  const flush = (): void => {
    if (text !== '' && depth > 0) seen.push(`text ${text}`);
    text = '';
  };
  const parser = new SaxesParser({ xmlns: false });
  const local = (name: string): string => name.replace(/^.*:/, '');
  parser.on('opentag', ({ name, attributes }) => {
    flush();
    depth++;
    const list = Object.entries(attributes).map(([key, value]) => [local(key), value]);
    seen.push(`open ${local(name)} ${depth} ${JSON.stringify(list)}`);
  });
  parser.on('closetag', ({ name }) => {
    flush();
    seen.push(`close ${local(name)} ${depth}`);
    depth--;
  });
  parser.on('text', (part) => (text += part));
  parser.on('cdata', (part) => (text += part));
  try {
    parser.write(xml).close();
    return seen;
  } catch {
    return 'refused';
  }
}

const word = fc.constantFrom('a', 'x:c', 'row', 'v', 'is');
const text = fc.constantFrom('', 'plain', ' ö ', '😀', '&amp;', '&#38;&lt;', '&#x1F600;', ' >', ']', '\n', "'\"", '<![CDATA[<&>]]>', '<!-- <c> > -->', '<?pi a?>');
const attribute = fc.constantFrom('', ' r="A1"', " t='s>'", ' x:q="&lt;&quot;"', '\n s = "1"', ` d='a"b'`);

const element: fc.Memo<string> = fc.memo((depth) =>
  fc
    .tuple(word, fc.uniqueArray(attribute, { maxLength: 3 }), depth <= 1 ? fc.array(text, { maxLength: 2 }) : fc.array(fc.oneof(text, element()), { maxLength: 4 }))
    .map(([name, attributes, content]) =>
      content.length === 0 ? `<${name}${attributes.join('')}/>` : `<${name}${attributes.join('')}>${content.join('')}</${name} >`,
    ),
);

const fixtures = fileURLToPath(new URL('../../../../test/fixtures/files/', import.meta.url));
const workbooks = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xlsx'));

/** The XML of each part of a workbook; nothing for what is no workbook, is damaged or grows too large. */
async function partsOf(path: string): Promise<string[]> {
  const parts: string[] = [];
  try {
    const archive = await openArchive(bytesOf(readFileSync(path)), { ...defaultLimits, maxInflatedBytes: 4_000_000 });
    for (const name of archive.names) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of archive.read(name)) chunks.push(chunk);
      if (/\.(?:xml|rels)$/i.test(name)) parts.push(Buffer.concat(chunks).toString());
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  return parts;
}

describe('XML', () => {
  test('of every workbook among the fixtures is seen as by an independent parser', async () => {
    let [read, parts] = [0, 0];
    for (const name of workbooks) {
      const found = await partsOf(join(fixtures, name));
      for (const xml of found) for (const pieceBytes of [61, 4096, 1 << 20]) expect({ name, seen: scanned(xml, pieceBytes) }).toEqual({ name, seen: parsed(xml) });
      read += found.length > 0 ? 1 : 0;
      parts += found.length;
    }
    expect([read > 15, parts > 150]).toEqual([true, true]);
  });

  test('is seen as by an independent parser, for pieces of any size', () => {
    fc.assert(
      fc.property(element(4), fc.integer({ min: 1, max: 30 }), (body, pieceBytes) => {
        const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<!-- first -->${body}\n`;
        expect(scanned(xml, pieceBytes)).toEqual(parsed(xml));
      }),
      { numRuns: 500 },
    );
  });

  test('cut off is refused as by an independent parser', () => {
    fc.assert(
      fc.property(element(3), fc.nat(), (body, cut) => {
        const xml = `<r>${body}</r>`;
        expect(scanned(xml.slice(0, cut % xml.length), 7)).toBe('refused');
      }),
    );
  });

  test.each([
    ['no document', ''],
    ['text only', 'hello'],
    ['a document type', '<!DOCTYPE a><a/>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a character that does not exist', '<a>&#x110000;</a>'],
    ['a bare ampersand', '<a>b & c</a>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['a wrong end tag', '<a></b>'],
    ['an end tag too many', '<a/></a>'],
    ['a tag without a name', '<a>< /></a>'],
    ['a slash within a tag', '<a/b></a>'],
    ['a quote behind a value', `<a b="c"" d="e"/>`],
    ['a quote within a name', `<a"b="c"/>`],
    ['an attribute without a name', '<a ="b"/>'],
    ['an attribute without a value', '<a b></a>'],
  ])('%s is refused', (_name, xml) => {
    expect(scanned(xml, 3)).toBe('refused');
    expect(xml === '' ? 'refused' : parsed(xml.startsWith('<!DOCTYPE') ? '<a' : xml)).toBe('refused');
  });
});
