import { expect, test } from '@jest/globals';
import { isId } from './ids.ts';

test.each([
  ['01890a5d-ac96-774b-bcce-b302099a8057', true],
  ['00000000-0000-0000-0000-000000000000', true],
  ['01890A5D-AC96-774B-BCCE-B302099A8057', false],
  ['01890a5dac96774bbcceb302099a8057', false],
  ['01890a5d-ac96-774b-bcce-b302099a8057\n', false],
  ['../01890a5d-ac96-774b-bcce-b302099a8057', false],
  ['', false],
])('is %j an id? %s', (text, expected) => {
  expect(isId(text)).toBe(expected);
});
