import { expect, test } from '@jest/globals';
import { tenantFiles } from './tenant-files.ts';

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

test('a file reads the same each time, differs in the rows that changed, and shares no e-mail with another tenant', async () => {
  const [one, other] = [tenantFiles(1, 100, 0.05), tenantFiles(2, 100, 0.05)];
  const before = await textOf(one.before);
  expect(await textOf(one.before)).toBe(before);
  const [lines, changed] = [before.split('\n'), (await textOf(one.after)).split('\n')];
  expect(lines.filter((line, index) => line !== changed[index])).toHaveLength(one.changed);
  const emails = (text: string): readonly string[] => text.match(/[^;@]+@[^;]+/g) ?? [];
  const others = new Set(emails(await textOf(other.before)));
  expect(emails(before)).toHaveLength(100);
  expect(emails(before).filter((email) => others.has(email))).toEqual([]);
});
