/** Ranges of characters by script, without those that are invisible, odd spaces, control characters or combining marks. */
const ranges = [
  ' -~', // ASCII
  '\\u00A1-\\u00AC\\u00AE-\\u02FF\\u1E00-\\u1EFF', // Latin
  '\\u0386\\u0388-\\u03FF', // Greek
  '\\u0400-\\u0482\\u048A-\\u052F', // Cyrillic
  '\\u05D0-\\u05EA', // Hebrew
  '\\u0621-\\u064A', // Arabic
  '\\u2010-\\u2027', // dashes and quotation marks
  '\\u3001-\\u3029\\u3041-\\u3096\\u30A1-\\u30FF\\u4E00-\\u9FFF', // Japanese and Chinese
  '\\uAC00-\\uD7A3', // Korean
];

/** Begins with neither a space nor what errors of spreadsheets begin with, and does not end with a space. */
const ordinary = new RegExp(`^(?! |#|Err:)[${ranges.join('')}]*(?<! )$`);

/**
 * True when the text is clean as it stands and no rule about characters or spreadsheets can find fault with it, in whatever field:
 * no space around it, no error of a spreadsheet, and only characters that NFC leaves as they are, whatever stands beside them,
 * and that are never taken out or refused. Nearly all texts are such, and need not be looked at closer.
 */
export function isOrdinary(text: string): boolean {
  return ordinary.test(text);
}
