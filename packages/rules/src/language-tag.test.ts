import { expect, test } from '@jest/globals';
import { languageReader } from './language-tag.ts';

const aTag = 'a BCP 47 tag such as sv or en-GB';

test.each([
  ['sv', 'sv'],
  ['SV', 'sv'],
  ['en-gb', 'en-GB'],
  ['pt-BR', 'pt-BR'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['sr-latn', 'sr-Latn'],
  ['es-419', 'es-419'],
  ['no', 'no'],
  ['iw', 'he'],
  ['fil', 'fil'],
  ['de-CH-1996', 'de-CH-1996'],
])('%s is understood as %s', (text, value) => {
  expect(languageReader()(text)).toEqual({ ok: true, value });
});

test.each([
  ['sv_SE', 'sv-SE'],
  ['pt_br', 'pt-BR'],
  ['dk_DK', aTag],
  ['swedish language', aTag],
  ['Swedish', aTag],
  ['svenska', aTag],
  ['dk', aTag],
  ['s', aTag],
  ['sv-', aTag],
  ['sv--SE', aTag],
  ['sv-SE-SE', aTag],
  ['*', aTag],
  ['_', aTag],
])('%s is refused; %s is expected', (text, expected) => {
  expect(languageReader()(text)).toEqual({ ok: false, expected });
});

test('the answers stay right when there are more texts than are remembered', () => {
  const read = languageReader();
  for (let round = 0; round < 2; round++) {
    for (let number = 0; number < 1200; number++) {
      const region = String(100 + (number % 900));
      const tag = number < 900 ? `sv-${region}` : `da-${region}`;
      expect(read(tag.toUpperCase())).toMatchObject({ ok: true });
      expect(read(`${tag}!`)).toEqual({ ok: false, expected: aTag });
    }
  }
});
