import { languageReader } from '../language-tag.ts';
import { valueRule } from '../value-rule.ts';

/** Language is a BCP 47 tag. */
export const language = valueRule({
  name: 'language',
  code: 'validateLanguage',
  field: 'language',
  reader: languageReader,
  set: (draft, value) => void (draft.language = value),
  accepted: [
    { row: { language: 'sv' }, gives: { language: 'sv' } },
    { row: { language: 'EN-gb' }, gives: { language: 'en-GB' } },
    { row: { language: 'zh-hant-tw' }, gives: { language: 'zh-Hant-TW' } },
    { row: { language: 'iw' }, gives: { language: 'he' } },
    { row: { language: 'smj' }, gives: { language: 'smj' } },
    { row: { language: '' }, gives: { language: undefined } },
    { row: { language: '-' }, policy: { clearToken: '-' }, gives: { language: null } },
  ],
  refused: [
    { row: { language: 'swedish language' }, column: 'language' },
    { row: { language: 'swedish' }, column: 'language', expected: 'a BCP 47 tag such as sv or en-GB' },
    { row: { language: 'dk' }, column: 'language' },
    { row: { language: 'sv_SE' }, column: 'language', expected: 'sv-SE' },
    { row: { language: 'EN_gb' }, column: 'language', expected: 'en-GB' },
    { row: { language: 'sv-' }, column: 'language' },
  ],
});
