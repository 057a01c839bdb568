import type { Database } from '@rosterport/database';
import { allChanges } from '@rosterport/directory';
import { splitIssues, type FeedPolicy, type GuardName, type RecordChange } from '@rosterport/domain';
import { approveJob, discardJob, type LedgerJob } from '@rosterport/jobs';
import { openIngest, type Ended, type Ingest, type Sending } from './ingest.ts';

/** Cells of a person's row by header. Names and e-mail are made from the id where they are left out. */
export type PersonCells = Readonly<Record<string, string>> & { readonly id: string };

/** A tenant whose files are written as rows, and whose directory is shown in few words. */
export interface Firm extends Ingest {
  /** An address of the firm's own, since e-mails are unique over all tenants. */
  email(id: string): string;
  sendPeople(rows: readonly PersonCells[], how?: Sending): Promise<Ended>;
  /** The bytes of a file with the rows, for tests that change them. */
  fileOf(rows: readonly PersonCells[]): Buffer;
  approve(job: LedgerJob, override?: readonly GuardName[]): Promise<Ended>;
  discard(job: LedgerJob): Promise<Ended>;
  /** Everybody of the tenant by external id: `E1`, or `E1 absence` with the cause of somebody inactive. */
  people(): Promise<readonly string[]>;
  /** What a held job or a dry run would change, or what an applied job changed. */
  changes(job: LedgerJob): Promise<readonly RecordChange[]>;
}

/** Opens a tenant in the folder. */
export async function openFirm(options: {
  readonly database: Database;
  readonly folder: string;
  readonly policy?: Partial<FeedPolicy>;
}): Promise<Firm> {
  const { database } = options;
  const ingest = await openIngest(options);
  const { tenant } = ingest;
  const email = (id: string): string => `${id.toLowerCase()}@${tenant.name}.example`;
  const fileOf: Firm['fileOf'] = (rows) => peopleFile(rows, email);
  const decision = (job: LedgerJob) => ({ tenantId: tenant.id, jobId: job.id, credentialId: null });
  return {
    ...ingest,
    ...{ email, fileOf },
    sendPeople: (rows, how) => ingest.sendBytes('people.csv', fileOf(rows), how),
    approve: async (job, override = []) => {
      await approveJob(database, { ...decision(job), fingerprint: job.fingerprint ?? '', override });
      return ingest.settle(job.id);
    },
    discard: async (job) => {
      await discardJob(database, decision(job));
      return ingest.settle(job.id);
    },
    people: async () => {
      const { rows } = await database.pool.query<{ shown: string }>(
        `select concat_ws(' ', coalesce(external_id, first_name), inactive_cause) as shown from users
         where tenant_id = $1 order by source_id, length(external_id), external_id, first_name`,
        [tenant.id],
      );
      return rows.map((row) => row.shown);
    },
    changes: async (job) => {
      const source = job.state === 'applied' ? 'journal' : 'planned';
      const found: RecordChange[] = [];
      for await (const change of allChanges(database, { tenantId: tenant.id, jobId: job.id, source })) found.push(change);
      return found;
    },
  };
}

function peopleFile(rows: readonly PersonCells[], email: (id: string) => string): Buffer {
  const others = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !['id', 'First', 'Last', 'Email'].includes(name));
  const lines = rows.map((row) => {
    const { id, First = `First ${id}`, Last = `Last ${id}`, Email = email(id) } = row;
    return [id, First, Last, Email, ...others.map((name) => row[name] ?? '')].join(';');
  });
  return Buffer.from([['Employee ID', 'First Name', 'Last Name', 'Email', ...others].join(';'), ...lines, ''].join('\n'));
}

/** Rows of the ids from `E<first>` to `E<last>`; `cells` are what each of them has besides. */
export function rowsOf(first: number, last: number, cells: Readonly<Record<string, string>> = {}): readonly PersonCells[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({ id: `E${first + index}`, ...cells }));
}

/** The codes of the guards that a job has breached. */
export function breachesOf(job: LedgerJob): readonly string[] {
  return splitIssues(job.issues).guards.map((breach) => breach.code);
}

/**
 * Every row of every table of the directory, with the version of each row, so that even a write of equal values would show.
 */
export async function dumpDirectory(database: Database): Promise<readonly string[]> {
  const tables = ['users', 'groups', 'memberships', 'manager_facts', 'attribute_definitions', 'claims', 'journal'];
  const dumps = tables.map((table) => `select '${table} ' || t.xmin || ' ' || to_jsonb(t)::text as line from ${table} t`);
  const { rows } = await database.pool.query<{ line: string }>(`${dumps.join(' union all ')} order by 1`);
  return rows.map((row) => row.line);
}
