import type { PoolClient } from '@rosterport/database';
import { emailKey, Failure, nameKey, type PersonFullName, type PersonTraces, type SourceId, type TenantId } from '@rosterport/domain';

type Values = Readonly<Record<string, unknown>>;

interface Entry {
  readonly jobId: PersonTraces['rows'][number]['jobId'] | null;
  readonly sheet: string | null;
  readonly row: number | null;
  readonly before: Values | null;
  readonly after: Values | null;
}

/** Names change seldom; the bound is for somebody whose name changed with every file. */
const mostNames = 400;

/**
 * Gathers by what a person can be found: what the record says, and what the journal says that it said before. What somebody
 * else of the directory has as well, such as an id that was given on, is left out, since it is theirs. Works for people who
 * are only in the journal, too. Fails with `notFound`, also for somebody who was erased already.
 */
export async function personTraces(
  { client, tenantId }: { readonly client: Pick<PoolClient, 'query'>; readonly tenantId: TenantId },
  userId: string,
): Promise<PersonTraces> {
  const { rows: records } = await client.query<{ values: Values }>(
    `select jsonb_build_object('sourceId', source_id, 'externalId', external_id, 'firstName', first_name, 'lastName', last_name,
       'email', email, 'phone', phone) as values
     from users where tenant_id = $1 and id = $2::bigint`,
    [tenantId, userId],
  );
  const { rows: entries } = await client.query<Entry>(
    `select job_id as "jobId", sheet, row_no as row, before, after from whole_journal
     where tenant_id = $1 and kind in ('user', 'membership') and record_id = $2::bigint order by id`,
    [tenantId, userId],
  );
  const values = [...records.map((record) => record.values), ...entries.flatMap(({ before, after }) => [before ?? {}, after ?? {}])];
  const texts = (name: string): string[] => [...new Set(values.map((one) => one[name]).filter((value) => typeof value === 'string'))];
  const lastNames = texts('lastName');
  if (records.length === 0 && lastNames.length === 0) throw new Failure('notFound', { values: { what: 'person' } });
  const traces: PersonTraces = {
    userId,
    externalIds: texts('sourceId').flatMap((sourceId) => texts('externalId').map((externalId) => ({ sourceId: sourceId as SourceId, externalId }))),
    emails: texts('email'),
    phones: texts('phone'),
    names: texts('firstName').flatMap((firstName) => lastNames.map((lastName) => ({ firstName, lastName }))).slice(0, mostNames),
    rows: entries.flatMap(({ jobId, sheet, row }) => (jobId === null || row === null ? [] : [{ jobId, sheet, row }])),
  };
  return withoutOthers({ client, tenantId }, traces);
}

/** The form in which names are compared. */
export function keyOfName({ firstName, lastName }: PersonFullName): string {
  return nameKey(`${firstName} ${lastName}`);
}

interface OthersRow {
  readonly sourceId: SourceId | null;
  readonly externalId: string | null;
  readonly emailKey: string | null;
  readonly phone: string | null;
  readonly nameKey: string;
}

async function withoutOthers(
  { client, tenantId }: { readonly client: Pick<PoolClient, 'query'>; readonly tenantId: TenantId },
  traces: PersonTraces,
): Promise<PersonTraces> {
  const { externalIds, emails, phones, names } = traces;
  const { rows } = await client.query<OthersRow>(
    `select source_id as "sourceId", external_id as "externalId", email_key as "emailKey", phone, name_key as "nameKey"
     from users where tenant_id = $1 and id <> $2::bigint
       and (external_id = any($3) or email_key = any($4) or phone = any($5) or name_key = any($6))`,
    [tenantId, traces.userId, externalIds.map((one) => one.externalId), emails.map(emailKey), phones, names.map(keyOfName)],
  );
  return {
    ...traces,
    externalIds: externalIds.filter((one) => !rows.some((row) => row.sourceId === one.sourceId && row.externalId === one.externalId)),
    emails: emails.filter((email) => !rows.some((row) => row.emailKey === emailKey(email))),
    phones: phones.filter((phone) => !rows.some((row) => row.phone === phone)),
    names: names.filter((name) => !rows.some((row) => row.nameKey === keyOfName(name))),
  };
}
