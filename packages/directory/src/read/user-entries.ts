import type { Database } from '@rosterport/database';
import { nameKey, type JobId, type JobKind, type TenantId } from '@rosterport/domain';
import type { ChangeEntry } from './record-change.ts';

/** An entry of the journal about one person, with what made it. */
export interface UserEntry extends ChangeEntry {
  readonly id: string;
  readonly at: Date;
  readonly job: { readonly id: JobId; readonly kind: JobKind; readonly fileName: string } | null;
  /** Name of the credential of a change by hand. */
  readonly by: string | null;
}

/** A person of a tenant. */
export interface UserPlace {
  readonly tenantId: TenantId;
  /** Id of the record. */
  readonly userId: string;
}

/** How files name a person as a manager. */
export interface ManagerNames {
  readonly externalIds: readonly string[];
  /** In the form in which names are compared. */
  readonly nameKeys: readonly string[];
}

const columns = `e.id::text, e.kind, e.record_id::text as record, e.sheet, e.row_no as row, e.before, e.after, e.at,
  null::jsonb as label, null::text as kept, c.name as by,
  case when j.id is not null then jsonb_build_object('id', j.id, 'kind', j.kind, 'fileName', j.file_name) end as job`;

const origins = 'left join jobs j on j.id = e.job_id left join credentials c on c.id = e.credential_id';

/** The entries about the person's values and memberships, oldest first. */
export async function ownEntries({ pool }: Database, { tenantId, userId }: UserPlace): Promise<readonly UserEntry[]> {
  const { rows } = await pool.query<UserEntry>(
    `select ${columns} from whole_journal e ${origins}
     where e.tenant_id = $1 and e.kind in ('user', 'membership') and e.record_id = $2::bigint order by e.id`,
    [tenantId, userId],
  );
  return rows;
}

/**
 * The entries about who manages these groups that the person's row stated, or that name the person as a manager; oldest
 * first. The ids of a source are not told apart from those of another.
 */
export async function factEntries(
  { pool }: Database,
  { tenantId, userId }: UserPlace,
  { groupIds, names }: { readonly groupIds: readonly string[]; readonly names: ManagerNames },
): Promise<readonly UserEntry[]> {
  const { rows } = await pool.query<UserEntry>(
    `select ${columns} from whole_journal e cross join lateral (select coalesce(e.after, e.before) as fact) f ${origins}
     where e.tenant_id = $1 and e.kind = 'managerFact' and e.record_id = any($3::bigint[])
       and ((f.fact ->> 'userId')::bigint = $2::bigint or f.fact ->> 'by' = 'name' or f.fact ->> 'ref' = any($4))
     order by e.id`,
    [tenantId, userId, groupIds, names.externalIds],
  );
  return rows.filter((entry) => statesFact(entry, userId) || namesPerson(entry, names));
}

/** Whether the person's own row stated who manages a group. */
export function statesFact({ after, before }: UserEntry, userId: string): boolean {
  return String((after ?? before)?.['userId']) === userId;
}

function namesPerson({ after, before }: UserEntry, { externalIds, nameKeys }: ManagerNames): boolean {
  const { by, ref } = after ?? before ?? {};
  if (typeof ref !== 'string') return false;
  return by === 'id' ? externalIds.includes(ref) : nameKeys.includes(nameKey(ref));
}
