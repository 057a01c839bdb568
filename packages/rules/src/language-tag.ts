import type { Reading } from './value-rule.ts';

/** A file has few languages; the bound is for a file that has a different text in every row. */
const mostRemembered = 500;

/** English, so that the answer does not depend on where the program runs; only asked whether there is a name at all. */
const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Makes a function that understands BCP 47 language tags and gives their canonical form; it remembers what it was asked. */
export function languageReader(): (text: string) => Reading<string> {
  const remembered = new Map<string, Reading<string>>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const reading = readLanguageTag(text);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(text, reading);
    return reading;
  };
}

/** Understands a BCP 47 language tag (RFC 5646) whose language exists, and gives its canonical form. */
function readLanguageTag(text: string): Reading<string> {
  const tag = canonical(text);
  if (tag !== null) return { ok: true, value: tag };
  const withHyphens = text.includes('_') ? canonical(text.replaceAll('_', '-')) : null;
  return { ok: false, expected: withHyphens ?? 'a BCP 47 tag such as sv or en-GB' };
}

function canonical(text: string): string | null {
  try {
    const tag = Intl.getCanonicalLocales(text)[0];
    return tag !== undefined && languageExists(tag) ? tag : null;
  } catch {
    return null;
  }
}

/**
 * No language has more than three letters (RFC 5646, section 2.2.1, keeps longer ones for later), and all of two letters
 * have a name, so that `dk` and `swedish` are found out. Rare languages of three letters may have no name here.
 */
function languageExists(tag: string): boolean {
  const language = tag.split('-', 1)[0] ?? '';
  if (language.length === 2) return languageNames.of(language) !== undefined;
  return language.length === 3;
}
