import type { Issue } from '@rosterport/domain';

/** What is said of a file that was refused as a whole: the first error, and how many more there are. */
export function rejectedMessage(issues: readonly Issue[]): { readonly code: string; readonly message: string } {
  const errors = issues.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  // A feed that refuses the whole file for its rows leaves no finding about the file.
  if (first === undefined) return { code: 'rejected', message: 'The file was refused because of its rows; see the report.' };
  const more = errors.length === 1 ? '' : ` There are ${errors.length} such findings.`;
  return { code: first.code, message: `The file was refused: ${first.message}${more}` };
}
