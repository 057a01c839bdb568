import { issue, type Issue, type IssueCount } from '@rosterport/domain';
import type { JobContext } from '../work/job-context.ts';

const code = 'validateDuplicateMailInAnotherCompany';

/**
 * Keeps a tenant from finding out by long lists who has an account elsewhere: a file with more e-mails of other companies
 * than may be told in a day is refused as a whole, and says of none of them that it is one. Needs the verdicts, and how
 * many findings there are of each code; returns the finding, or `null` for a file within the limit.
 */
export async function limitProbing(
  { client, foreignEmailsLeft }: JobContext,
  rowIssues: readonly IssueCount[],
): Promise<Issue | null> {
  const found = rowIssues.find((counted) => counted.code === code);
  // Asked for only where it matters: most files have none.
  if (found === undefined || found.count <= (await foreignEmailsLeft())) return null;
  await client.query(
    `update row_verdicts v set issues = other.issues, codes = coalesce(other.codes, '{}'),
       result = case when other.isRejected then 'rejected' else 'skipped' end
     from row_verdicts o, lateral (
       select jsonb_agg(i) as issues, array_agg(distinct i ->> 'code') as codes,
         coalesce(bool_or(i ->> 'severity' = 'error'), false) as isRejected
       from jsonb_array_elements(o.issues) i where i ->> 'code' <> $1) other
     where v.ordinal = o.ordinal and o.codes @> array[$1]`,
    [code],
  );
  return issue('validateForeignEmails');
}
