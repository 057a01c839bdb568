/** Errors of formulas, which begin like many a token: a broken formula must not empty what is there. */
const formulaError = /^#(?:.*[!?]|#*|N\/?[ADV]|I\/T|GETTING_DATA)$/;
const longest = 50;

/**
 * Why the text cannot stand for the emptying of a value; `null` when it can, or when no text does. It must be one that nobody
 * could mean: no name, id, number, date, address or language, no formula and no error of one.
 */
export function clearTokenProblem(token: string | null): string | null {
  if (token === null) return null;
  if (typeof token !== 'string' || token.trim() === '') return 'the text that clears a value is empty';
  if (token !== token.trim().normalize('NFC')) return 'the text that clears a value has space around it, or is not in Unicode NFC';
  if (token.length > longest) return `the text that clears a value is longer than ${longest} characters`;
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(token)) return 'the text that clears a value holds a character that cannot be seen';
  if (/^[\p{L}\p{N}]/u.test(token)) return 'the text that clears a value could be a value; begin it with a sign, as in #CLEAR';
  if (/^[=@]/.test(token) || /^[+-]./.test(token)) return 'the text that clears a value could be a formula or a number';
  return formulaError.test(token) ? 'the text that clears a value could be the error of a formula' : null;
}
