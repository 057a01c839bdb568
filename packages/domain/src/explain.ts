import { issueCatalogue, type IssueCode } from './issue-catalogue.ts';

/** What a code means and how to mend it, without any one finding's values. */
export interface Explanation {
  /** A whole sentence; the code itself when the catalogue does not know it. */
  readonly meaning: string;
  /** A whole sentence; empty when the catalogue does not know the code. */
  readonly mend: string;
}

/** Explains a code for a list that has one entry for many findings. */
export function explain(code: string): Explanation {
  if (!Object.hasOwn(issueCatalogue, code)) return { meaning: code, mend: '' };
  const entry = issueCatalogue[code as IssueCode];
  const subject = entry.scope === 'guard' ? 'A column' : 'The cell';
  return { meaning: withoutValues(entry.sentence, subject), mend: entry.mend };
}

/** The sentence with what differs between findings left out, or shown as "…" where the sentence needs it. */
function withoutValues(sentence: string, subject: string): string {
  return sentence
    .replace(/^\{column\}/, subject)
    .replace(/:? \((?:\w+: )?\{\w+\}\)/g, '')
    .replace(/: \{\w+\}/g, '')
    .replace(/(\w)\{\w+\}/g, '$1')
    .replace(/\{\w+\}/g, '…')
    .replace(/…\.$/, '…');
}
