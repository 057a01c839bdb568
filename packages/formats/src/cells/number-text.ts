import { serialText } from './date-text.ts';
import type { CellFormat } from './cell-format.ts';

/** A number as text. */
export interface NumberText {
  readonly text: string;
  /** True when it may not be what was typed: longer than a spreadsheet can keep, or a date that may have been an id. */
  readonly isDamaged: boolean;
}

/** Digits that a spreadsheet keeps of a number. */
const keptDigits = 15;

/** A stored number as the text that a sheet with wide enough columns would show: no exponent, no rounding noise. */
export function numberText(stored: string, format: CellFormat, is1904: boolean): NumberText {
  if (format.kind === 'plain' && isShortInteger(stored)) return { text: stored, isDamaged: false };
  if (format.kind === 'date') {
    const text = serialText(Number(stored), format, is1904);
    if (text !== null) return { text, isDamaged: true };
  }
  const plain = withoutExponent(stored.trim());
  if (plain === null) return { text: stored, isDamaged: false };
  const digits = plain.replace(/^-/, '');
  if (digits.includes('.')) return { text: plain, isDamaged: false };
  const sign = plain.startsWith('-') ? '-' : '';
  const text = format.kind === 'zeros' ? sign + digits.padStart(format.digits, '0') : plain;
  return { text, isDamaged: digits.length > keptDigits };
}

/** Most numbers of a personnel file: up to 15 digits and no leading zero. */
function isShortInteger(stored: string): boolean {
  const { length } = stored;
  if (length === 0 || length > keptDigits || (length > 1 && stored.charCodeAt(0) === 48)) return false;
  for (let index = 0; index < length; index++) {
    const code = stored.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function withoutExponent(stored: string): string | null {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(stored);
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  if (whole + fraction === '') return null;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const left = (point > 0 ? digits.slice(0, point).padEnd(point, '0') : '').replace(/^0+/, '') || '0';
  const right = (point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits).replace(/0+$/, '');
  const significant = (left + right).replace(/^0+/, '').length;
  if (right !== '' && significant > keptDigits) return withoutExponent(Number(stored).toPrecision(keptDigits));
  const isZero = left === '0' && right === '';
  return (sign === '-' && !isZero ? '-' : '') + left + (right === '' ? '' : `.${right}`);
}
