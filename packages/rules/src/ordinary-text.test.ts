import { expect, test } from '@jest/globals';
import { isOrdinary } from './ordinary-text.ts';
import { unseenIn, withoutUnseen } from './invisible-characters.ts';
import { firstUnstorable } from './storable-text.ts';

const characters = Array.from({ length: 0x11_0000 }, (_, point) => String.fromCodePoint(point));
const ordinary = characters.filter((character) => isOrdinary(`x${character}x`));

test.each(['Ada Berg', 'Åsa', 'Nguyễn', 'Ελένη', 'Юлия', 'דוד', 'محمد', '佐々木 さくら', '김민준', "O'Brien – “HR”", 'No. #1', 'Error', ''])('%j is', (text) => {
  expect(isOrdinary(text)).toBe(true);
});

test.each(['A\u030Asa', 'क्ष', 'a\tb', 'a\nb', 'a\u00A0b', 'E\u00AD1', 'E\u200B1', 'a\0', '\uD83D', '🙂', '\uFEFF', '\u3000', '#N/A', '#NV', '####', 'Err:502', ' a', 'a ', ' '])('%j is not', (text) => {
  expect(isOrdinary(text)).toBe(false);
});

test('none of the characters is removed, replaced or refused', () => {
  const text = ordinary.join('');
  for (const field of ['firstName', 'externalId'] as const) {
    const unseen = unseenIn(field);
    expect(unseen === null ? null : withoutUnseen(text, unseen)).toBe(text);
  }
  expect(firstUnstorable(text, false)).toBeNull();
  expect(ordinary.length).toBeGreaterThan(30_000);
});

test('none of the characters is another one in NFC, and none joins one before it', () => {
  expect(ordinary.filter((character) => character.normalize('NFC') !== character)).toEqual([]);
  const followers = new Set(characters.flatMap((character) => Array.from(character.normalize('NFD')).slice(1)));
  expect(ordinary.filter((character) => followers.has(character))).toEqual([]);
  expect(followers.has('\u030A')).toBe(true);
});
