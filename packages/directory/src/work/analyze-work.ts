/**
 * The columns by which statements find rows and guess how many there are. The others are wide, nothing is looked up by them,
 * and to look through thousands of them took longer than most statements.
 */
const columns = {
  in_users: 'ordinal, external_id, valid, active, name_key, email_key, phone, manager_by, manager_key',
  plan_users: 'external_id, user_id, ordinal, how, is_new, active, was_active, name_key, email_key, phone, claims_email, claims_phone, refused, skipped, changed, several',
} as const;

/** SQL that has the planner look at work tables with very many rows. */
export function analyzeWork(...tables: readonly (keyof typeof columns)[]): string {
  return `analyze ${tables.map((table) => `${table} (${columns[table]})`).join(', ')}`;
}
