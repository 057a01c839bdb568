import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cloneDatabase, type Clone } from './clone-database.ts';
import { copyIn } from './copy-in.ts';
import { copyText, type CopyValue } from './copy-text.ts';
import { openDatabase, type Database } from './database.ts';
import { withClient } from './with-client.ts';

test.each<[string, readonly CopyValue[], string]>([
  ['plain cells', ['a', 'b'], 'a\tb\n'],
  ['nothing', [null, undefined, ''], '\\N\t\\N\t\n'],
  ['numbers and booleans', [1, -2.5, 1e21, true, false], '1\t-2.5\t1e+21\ttrue\tfalse\n'],
  ['what separates', ['a\tb\nc\rd\\e'], 'a\\tb\\nc\\rd\\\\e\n'],
  ['what looks like NULL and like the end', ['\\N', '\\.'], '\\\\N\t\\\\.\n'],
  ['no cells', [], '\n'],
])('%s', (_name, values, line) => {
  expect(copyText(values)).toBe(line);
});

let clone: Clone;
let db: Database;
beforeAll(async () => {
  clone = await cloneDatabase(process.env['ROSTERPORT_TEST_DATABASE']!);
  db = await openDatabase({ url: clone.url, poolSize: 2 });
});
afterAll(async () => {
  await db.close();
  await clone.drop();
});

test('the server reads back exactly what was written', async () => {
  const nasty = fc.constantFrom('\\', '\t', '\n', '\r', '\\N', '\\.', '\r\n', '\b', '\v', '\f', '"', '\\x41', '\\101', '😀', 'ü');
  const word = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: nasty })).filter((text) => !text.includes('\0'));
  const rows = fc.array(fc.tuple(fc.option(word), fc.option(word)), { maxLength: 20 });
  await withClient(db, async (client) => {
    await client.query('CREATE TEMP TABLE words (number int, one text, two text)');
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        await client.query('TRUNCATE words');
        const lines = given.map(([one, two], index) => copyText([index, one, two]));
        expect(await copyIn(client, 'COPY words FROM STDIN', lines)).toBe(given.length);
        const read = await client.query<[string | null, string | null]>({
          text: 'SELECT one, two FROM words ORDER BY number',
          rowMode: 'array',
        });
        expect(read.rows).toEqual(given);
      }),
    );
  });
});
