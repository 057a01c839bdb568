/** What Excel shows where a formula has no result, in the languages of most of its users. */
const excelErrors = [
  '#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NULL!', '#NUM!', '#SPILL!', '#CALC!', '#GETTING_DATA', '#FIELD!',
  '#BLOCKED!', '#CONNECT!', '#BUSY!', '#UNKNOWN!', '#EXTERNAL!', '#PYTHON!', '#TIMEOUT!',
  // German
  '#NV', '#BEZUG!', '#WERT!', '#ZAHL!', '#ÜBERLAUF!', '#KALK!',
  // French
  '#VALEUR!', '#NOM?', '#NUL!', '#NOMBRE!', '#PROPAGATION!',
  // Spanish, Portuguese and Italian
  '#¡REF!', '#¡VALOR!', '#¿NOMBRE?', '#¡DIV/0!', '#¡NULO!', '#¡NUM!', '#¡DESBORDAMIENTO!', '#N/D', '#VALOR!', '#NOME?', '#NÚM!', '#RIF!', '#VALORE!',
  // Swedish, Danish, Norwegian, Finnish, Dutch, Polish
  '#SAKNAS!', '#REFERENS!', '#VÄRDEFEL!', '#NAMN?', '#DIVISION/0!', '#SKÄRNING!', '#OGILTIGT!', '#SPILL!',
  '#I/T', '#REFERENCE!', '#VÆRDI!', '#NAVN?', '#NUL!', '#VERDI!', '#PUUTTUU!', '#VIITTAUS!', '#ARVO!', '#NIMI?', '#JAKO/0!', '#LUKU!',
  '#VERW!', '#WAARDE!', '#NAAM?', '#DEEL/0!', '#LEEG!', '#GETAL!', '#OVERLOOP!', '#ADR!', '#ARG!', '#NAZWA?', '#LICZBA!',
];

const errors: ReadonlySet<string> = new Set(excelErrors);

/** LibreOffice numbers the errors that have no name; a column that is too narrow is saved to CSV as number signs. */
const errorForm = /^(?:Err:\d{3}|#{3,})$/;

/** True when the text is what a spreadsheet program shows instead of a value. */
export function isSpreadsheetError(text: string): boolean {
  return (text.charCodeAt(0) === 35 && errors.has(text)) || errorForm.test(text);
}
