/**
 * What a credential may do.
 *
 * - `upload`: send files, see the jobs that this credential sent, and read their reports.
 * - `reports`: read every job and report of the tenant.
 * - `directory`: read the users and groups of the tenant.
 * - `decide`: approve, discard and revert jobs.
 * - `edit`: change the directory by hand, and erase people.
 * - `admin`: change feeds and attributes.
 */
export const scopes = ['upload', 'reports', 'directory', 'decide', 'edit', 'admin'] as const;

/** One thing that a credential may do. */
export type Scope = (typeof scopes)[number];

/** True when the text names a scope. */
export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
