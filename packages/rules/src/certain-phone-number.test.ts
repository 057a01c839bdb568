import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getCountries, getExampleNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { certainPhoneNumber } from './certain-phone-number.ts';
import { callingCode, callingCodes, type PhonePlan } from './phone-plan.ts';

/** Always the same numbers, so that a change that breaks nothing never turns the suite red. */
const seed = 1;

const types = [
  'FIXED_LINE', 'MOBILE', 'TOLL_FREE', 'PREMIUM_RATE', 'PERSONAL_NUMBER', 'VOICEMAIL', 'UAN', 'PAGER', 'VOIP', 'SHARED_COST',
];

const patterns = callingCodes.flatMap((code) => callingCode(code).all.map((plan) => ({ code, patterns: patternsOf(plan) })));

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const someDigits = fc.array(digit, { maxLength: 16 }).map((digits) => digits.join(''));
const code = fc.constantFrom(...callingCodes);
const character = fc.constantFrom(...Array.from('+0123456789 -()./~x#;,\u00A0\u2010\uFF0B\u0661'));

/** A number that has the form of some type of some country; as often from a small country as from a large one. */
const formed = fc.constantFrom(...patterns).chain(({ code, patterns }) =>
  fc.constantFrom(...patterns).chain((pattern) => fc.stringMatching(pattern).map((national) => ({ code, national }))),
);

const prefix = fc.oneof(
  fc.constantFrom('0', '(0)', ' (0) ', '00', '1', '8', '06', '15', '9', '915', '14', '021', '0317', '180020', '003768', '18', '34', '044', '045'),
  fc.stringMatching(/^\d{1,4}$/),
);
const opening = fc.constantFrom('', '00', '+00', '+ ', '++', '(+', '+(', '+-', '011', '+0', '＋', 'tel:+', '\u200E+', ' +');
const closing = fc.constantFrom('x8', ' ext. 12', '#', '~1', ';ext=3', ';isub=1', ',,7', '-12#', ' 9#', 'a', '.', ' ', '\u00A0', '/', '+', ';phone-context=+1');

const asciiCharacter = fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 });

describe('what is certain is what the library says', () => {
  test('of the example of every country, all of which are certain', () => {
    for (const country of getCountries()) {
      const example = getExampleNumber(country, examples);
      for (const text of [example?.number ?? '', example?.formatInternational() ?? '']) {
        expect([text, certainPhoneNumber(text)]).toEqual([text, example?.number]);
      }
    }
  });

  test('of numbers of every type of every country, of which 99 in 100 are certain', () => {
    let [valid, certain] = [0, 0];
    for (const { code, patterns: all } of patterns) {
      for (const pattern of all) {
        for (const national of fc.sample(fc.stringMatching(pattern), { numRuns: 4, seed })) {
          const text = `+${code}${national}`;
          if (libraryReading(text) !== null) valid++;
          if (agrees(text)) certain++;
        }
      }
    }
    expect(valid).toBeGreaterThan(4_000);
    expect(certain / valid).toBeGreaterThan(0.99);
  });

  test.each<[string, fc.Arbitrary<string>]>([
    ['numbers with separators', formed.chain(({ code, national }) => separated(`+${code}${national}`))],
    ['numbers with a digit more, less or other', formed.chain(({ code, national }) => mistyped(national).map((digits) => `+${code}${digits}`))],
    ['numbers with something dialled before them', formed.chain(({ code, national }) => prefix.map((before) => `+${code}${before}${national}`))],
    ['numbers of one country behind the code of another', fc.tuple(code, formed).map(([other, { national }]) => `+${other}${national}`)],
    ['numbers without or with other marks before them', fc.tuple(opening, formed).map(([before, { code, national }]) => before + code + national)],
    ['numbers with something behind them', fc.tuple(formed, closing).map(([{ code, national }, after]) => `+${code}${national}${after}`)],
    ['numbers with another character in them', fc.tuple(formed, fc.nat(16), asciiCharacter).map(([{ code, national }, at, mark]) => `+${insert(code + national, at, mark)}`)],
    ['digits behind any code', fc.tuple(code, someDigits).map(([code, digits]) => `+${code}${digits}`)],
    ['digits', someDigits.map((digits) => `+${digits}`)],
    ['numbers in the digits of other scripts', formed.map(({ code, national }) => `+${code}${otherScript(national)}`)],
    ['texts', fc.string({ unit: character, maxLength: 24 })],
  ])('of %s', (_, texts) => {
    fc.assert(fc.property(texts, (text) => void agrees(text)), { numRuns: 1_000, seed });
  });
});

/** Compares the two, where the fast way is certain; tells whether it is. */
function agrees(text: string): boolean {
  const certain = text.startsWith('+') ? certainPhoneNumber(text) : null;
  if (certain !== null) expect([text, certain]).toEqual([text, libraryReading(text)]);
  return certain !== null;
}

function libraryReading(text: string): string | null {
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.isValid() === true && number.ext === undefined ? number.number : null;
}

function patternsOf(plan: PhonePlan): RegExp[] {
  return types.flatMap((name) => {
    const pattern = plan.type(name)?.pattern();
    return pattern === undefined || pattern === '' ? [] : [new RegExp(`^(?:${pattern})$`)];
  });
}

function separated(number: string): fc.Arbitrary<string> {
  const between = fc.constantFrom('', '', '', ' ', '-', '.', '/', ' (', ') ', '  ', '\u00A0', '\u2011', '\u3000', '[', '~', '\uFF0D', '\u200B', '\t', '_');
  return fc.array(between, { minLength: number.length, maxLength: number.length }).map((marks) =>
    Array.from(number, (digit, index) => digit + (marks[index] ?? '')).join('').trim(),
  );
}

function mistyped(digits: string): fc.Arbitrary<string> {
  return fc.tuple(fc.nat(digits.length), fc.constantFrom(0, 1, 2), fc.constantFrom('', '0', '1', '5', '8', '9', '00', '15')).map(
    ([at, gone, typed]) => insert(digits.slice(0, at) + digits.slice(at + gone), at, typed),
  );
}

function insert(text: string, at: number, mark: string): string {
  return text.slice(0, at) + mark + text.slice(at);
}

function otherScript(digits: string): string {
  return digits.replace(/[3-6]/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
}
