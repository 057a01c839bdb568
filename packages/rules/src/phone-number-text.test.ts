import { describe, expect, test } from '@jest/globals';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { readPhoneNumber } from './phone-number-text.ts';

describe('numbers that are understood', () => {
  test.each([
    ['+46 70 123 45 67', '+46701234567'],
    ['+46 (0)70-123 45 67', '+46701234567'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 (212) 555-0123', '+12125550123'],
    ['+39 06 1234567', '+39061234567'],
    ['+800 1234 5678', '+80012345678'],
    ['+٤٦٧٠١٢٣٤٥٦٧', '+46701234567'],
  ])('%s', (text, value) => {
    expect(readPhoneNumber(text)).toEqual({ ok: true, value });
  });

  test.each(getCountries())('a mobile number of %s, also once it is E.164', (country) => {
    const example = getExampleNumber(country, examples);
    const value = example?.number;
    expect(readPhoneNumber(example?.formatInternational() ?? '')).toEqual({ ok: true, value });
    expect(readPhoneNumber(value ?? '')).toEqual({ ok: true, value });
  });
});

describe('numbers that are refused', () => {
  test.each([
    ['070-123 45 67', 'the country code is missing'],
    ['0046 70 123 45 67', 'the country code is written +46, not 0046'],
    ['001 212 555 0123', 'the country code is written +1, not 001'],
    ['tel:+46701234567', 'the country code is missing'],
    ['#N/A', 'the country code is missing'],
    ['+', 'digits only, after the +'],
    ['++46701234567', 'digits only, after the +'],
    ['+46 call me', 'digits only, after the +'],
    ['+46701234567;phone-context=+1', 'digits only, after the +'],
    ['+999 123 456', 'the country code is unknown'],
    ['+00 1234 567', 'the country code is unknown'],
    ['+46', 'too short for any country'],
    ['+46 70', 'too short for SE'],
    ['+44 20', 'too short for +44'],
    ['+46 70 123 45 67 89 01', 'too long for SE'],
    [`+${'1'.repeat(300)}`, 'too long for any country'],
    ['+46 70 123 45 6', 'no such number in SE'],
    ['+1 012 345 6789', 'no such number in +1'],
    ['+46 70 123 45 67 x8', 'a number without an extension'],
    ['+46701234567;ext=8', 'a number without an extension'],
    ['+46 70 123 45 67 / +46 70 765 43 21', 'digits only, after the +'],
  ])('%s', (text, expected) => {
    expect(readPhoneNumber(text)).toEqual({ ok: false, expected });
  });
});
