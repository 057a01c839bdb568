import type { CheckedLine } from './checked-lines.ts';
import { findGroupCycles } from './group-cycles.ts';
import { byKey } from './line-keys.ts';
import { findRepeatedRows } from './repeated-rows.ts';
import { addFinding, type SetFindings } from './set-finding.ts';
import { findSharedClaims } from './shared-claims.ts';

/**
 * What the rows of the file say about each other. `suspects` are all rows that share an id, an e-mail or a phone with
 * another row; `parents` holds the parent of each group of the file whose own values are right.
 */
export function applySetRules(suspects: readonly CheckedLine[], parents: ReadonlyMap<string, string>): SetFindings {
  const findings: SetFindings = new Map();
  const lines = byKey(suspects);
  findRepeatedRows(lines, findings);
  findSharedClaims(lines, findings);
  const standing = new Map([...parents].filter(([id]) => !findings.has(`groups:${id}`)));
  for (const [id, found] of findGroupCycles(standing)) {
    const about = { field: 'parentOrgUnit' } as const;
    addFinding(findings, `groups:${id}`, { code: 'validateNoGroupCycles', about, found, expected: null, spared: false });
  }
  return findings;
}
