import { noChanges, type AttributeChange, type Changes, type Counts, type Issue, type IssueCount } from '@rosterport/domain';
import { analyzeWork } from '../work/analyze-work.ts';
import { lockDirectory } from '../work/lock-directory.ts';
import type { JobContext } from '../work/job-context.ts';
import { attributeChanges, warnOfAttributes } from './attribute-changes.ts';
import { refuseClaimConflicts } from './claim-conflicts.ts';
import { compareGroups } from './compare-groups.ts';
import { countChanges, countIssues, countResults, type JudgedRows } from './count-changes.ts';
import { deactivateAbsent } from './deactivate-absent.ts';
import { lookAtFile, type FileFacts, type PlanContext } from './file-facts.ts';
import { judgeRows, usualResultOf } from './judge-rows.ts';
import { makeUnknownGroups } from './make-unknown-groups.ts';
import { matchGroups } from './match-groups.ts';
import { matchUsers } from './match-users.ts';
import { refuseSurplusOptions } from './new-options.ts';
import { planLinks } from './plan-links.ts';
import { compareRepeatedRows } from './repeated-rows.ts';
import { noteWhatRefusedRowsLack } from './refused-rows.ts';
import { reportAbsentGroups } from './report-absent-groups.ts';
import { requireAttributes } from './required-attributes.ts';
import { resolveReferences } from './resolve-references.ts';
import { settleMadeParents, settleParents } from './settle-parents.ts';
import { warnOfManagers } from './warn-of-managers.ts';

/** What a job would change, before it changes it. Its actions lie in the job's work tables. */
export interface Plan extends JudgedRows {
  readonly counts: Counts;
  readonly file: FileFacts;
  /** All but the managers, which are derived when it is applied. */
  readonly changes: Omit<Changes, 'managersAdded' | 'managersRemoved'>;
  readonly rowIssues: readonly IssueCount[];
  /** Findings about the file that only the directory can tell. */
  readonly fileIssues: readonly Issue[];
  /** Attributes that are defined, and lists that get options. */
  readonly attributeChanges: readonly AttributeChange[];
}

/** The set rules and comparisons, in the order in which each needs the ones before it. References are judged last. */
async function judgeSets(context: PlanContext): Promise<void> {
  await compareRepeatedRows(context);
  await matchGroups(context);
  await settleParents(context);
  await matchUsers(context);
  await requireAttributes(context);
  await refuseSurplusOptions(context);
  await deactivateAbsent(context);
  const found = await resolveReferences(context);
  await refuseClaimConflicts(context);
  await noteWhatRefusedRowsLack(context);
  await makeUnknownGroups(context, found);
  await settleMadeParents(context);
  await warnOfManagers(context);
  if (context.file.groupRows > 0 || found.unknown > 0) await compareGroups(context);
  await planLinks(context);
}

/**
 * Compares the staged rows with the directory and yields the action for every person and group. Takes the tenant's
 * directory lock, so that the plan stays true until the transaction ends. Changes nothing but the work tables.
 */
export async function plan(place: JobContext): Promise<Plan> {
  const { client, tenantId, untouchedRows = 0 } = place;
  // Whoever passed rows over has taken it.
  if (untouchedRows === 0) await lockDirectory(client, tenantId);
  await client.query(`${analyzeWork('in_users')}, in_groups`);
  const file = await lookAtFile(place);
  const context = { ...place, file };
  await judgeSets(context);
  const planned = await countChanges(context);
  const dataRows = untouchedRows + file.userRows + file.groupRows;
  const judged = { dataRows, usualResult: usualResultOf(context, planned, dataRows) };
  const hasFindings = await judgeRows(context, judged.usualResult, planned);
  const attributes = await attributeChanges(context);
  return {
    ...judged,
    file,
    counts: await countResults(context, judged),
    changes: { ...noChanges, ...planned, attributesDefined: attributes.filter(({ before }) => before === null).length },
    rowIssues: hasFindings ? await countIssues(context) : [],
    fileIssues: [...warnOfAttributes(attributes), ...(await reportAbsentGroups(context))],
    attributeChanges: attributes,
  };
}
