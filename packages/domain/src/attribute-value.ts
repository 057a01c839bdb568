import { longestOption, type AttributeDefinition } from './attribute-definition.ts';
import { nearestOption } from './nearest-option.ts';

/** A text as a value in its one form, or what would be right instead, as a clause. */
export type AttributeReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly expected: string };

/** Reads the values of one attribute; texts come without space around them and in Unicode NFC. */
export type AttributeReader = (text: string) => AttributeReading;

/**
 * Makes the reader of an attribute's values. A text is any text. A number has digits, perhaps a sign and a decimal point or
 * comma, and becomes the shortest form with a point; thousands are not separated, and `1,234` is refused, since it may mean
 * either. A date is a day of ISO 8601, also with the time 00:00:00 behind it. A value of a list is one of its options,
 * exactly; with `newOptions` any other text that can be an option passes too.
 */
export function attributeReader(
  { type, options }: Pick<AttributeDefinition, 'type' | 'options'>,
  { newOptions = false }: { readonly newOptions?: boolean } = {},
): AttributeReader {
  switch (type) {
    case 'text':
      return read;
    case 'number':
      return readNumber;
    case 'date':
      return readDay;
    case 'list':
      return optionReader(options, newOptions);
  }
}

function read(text: string): AttributeReading {
  return { ok: true, value: text };
}

function readNumber(text: string): AttributeReading {
  const parts = /^([+-]?)(\d+)(?:([.,])(\d+))?$/.exec(text);
  if (parts === null) return { ok: false, expected: 'it must be a number such as 1234.5' };
  const [, sign = '', whole = '', mark = '', decimals = ''] = parts;
  if (mark === ',' && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) {
    return { ok: false, expected: `it must be ${whole}.${decimals} or ${whole}${decimals}, which a comma does not tell` };
  }
  const left = whole.replace(/^0+(?=\d)/, '');
  const right = decimals.replace(/0+$/, '');
  const value = right === '' ? left : `${left}.${right}`;
  return read(sign === '-' && value !== '0' ? `-${value}` : value);
}

function readDay(text: string): AttributeReading {
  const [, day = ''] = /^(\d{4}-\d\d-\d\d)(?:T00:00(?::00)?)?$/.exec(text) ?? [];
  const time = Date.parse(`${day}T00:00:00Z`);
  // The parser takes 30 February for a day in March.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  return isDay ? read(day) : { ok: false, expected: 'it must be a day such as 2026-01-31' };
}

const mostShown = 10;

function optionReader(options: readonly string[], newOptions: boolean): AttributeReader {
  const known = new Set(options);
  const shown = options.slice(0, mostShown).join(', ');
  const all = options.length > mostShown ? `${shown} or ${options.length - mostShown} ${options.length === mostShown + 1 ? 'other' : 'others'}` : shown;
  return (text) => {
    if (known.has(text)) return read(text);
    if (newOptions) {
      return Array.from(text).length <= longestOption
        ? read(text)
        : { ok: false, expected: `an option has at most ${longestOption} characters` };
    }
    const near = nearestOption(text, options);
    return { ok: false, expected: near === null ? `it must be one of ${all}` : `it must be ${near}, if that is meant` };
  };
}
