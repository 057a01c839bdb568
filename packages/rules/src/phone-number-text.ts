import { parsePhoneNumberFromString, validatePhoneNumberLength, type PhoneNumber } from 'libphonenumber-js/max';
import { certainPhoneNumber } from './certain-phone-number.ts';
import type { Reading } from './value-rule.ts';

/** The text is a number from its first to its last character, not a text with a number somewhere in it. */
const options = { extract: false } as const;

/**
 * Understands an international phone number that begins with + and the country code, and is valid in that country. It
 * comes back as E.164. An extension is refused, since it could not be kept.
 */
export function readPhoneNumber(text: string): Reading<string> {
  if (!text.startsWith('+')) return refused(withoutPlus(text));
  const certain = certainPhoneNumber(text);
  if (certain !== null) return { ok: true, value: certain };
  const number = parsePhoneNumberFromString(text, options);
  if (number?.ext !== undefined) return refused('a number without an extension');
  if (number?.isValid() === true) return { ok: true, value: number.number };
  return refused(whyNot(text, number));
}

/** Many write 00, which is dialled in most countries, for the +. */
function withoutPlus(text: string): string {
  const number = /^00\s*[1-9]/.test(text) ? parsePhoneNumberFromString(text.replace(/^00\s*/, '+'), options) : undefined;
  const code = number?.countryCallingCode;
  return code === undefined ? 'the country code is missing' : `the country code is written +${code}, not 00${code}`;
}

function whyNot(text: string, number: PhoneNumber | undefined): string {
  const place = number === undefined ? 'any country' : (number.country ?? `+${number.countryCallingCode}`);
  switch (validatePhoneNumberLength(text)) {
    case 'INVALID_COUNTRY':
      return 'the country code is unknown';
    case 'NOT_A_NUMBER':
      return 'digits only, after the +';
    case 'TOO_SHORT':
      return `too short for ${place}`;
    case 'TOO_LONG':
      return `too long for ${place}`;
    case 'INVALID_LENGTH':
      return `wrong number of digits for ${place}`;
    case undefined:
      return `no such number in ${place}`;
  }
}

function refused(expected: string): Reading<string> {
  return { ok: false, expected };
}
