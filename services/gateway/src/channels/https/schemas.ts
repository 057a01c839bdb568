import { channels, jobStates, rowResults } from '@rosterport/domain';
import { changeSchema } from './change-schemas.ts';
import { z } from 'zod';

const count = z.number().int().min(0);
const moment = z.iso.datetime();

const countsSchema = z
  .strictObject({
    rejected: count,
    skipped: count,
    created: count,
    reactivated: count,
    deactivated: count,
    updated: count,
    unchanged: count,
  })
  .meta({ id: 'Counts', description: 'How many data rows got each result. The sum is the number of data rows read.' });

const changesSchema = z
  .strictObject({
    usersCreated: count,
    usersUpdated: count,
    usersDeactivated: count,
    usersReactivated: count,
    usersRemoved: count,
    groupsCreated: count,
    groupsUpdated: count,
    groupsRemoved: count,
    membershipsAdded: count,
    membershipsRemoved: count,
    managersAdded: count,
    managersRemoved: count,
    attributesDefined: count,
    attributesRemoved: count,
  })
  .meta({ id: 'Changes', description: 'What the job changed in the directory, by kind of record.' });

const severity = z.enum(['error', 'warning']);

/** One finding, as every answer shows it. */
export const issueSchema = z
  .strictObject({
    code: z.string().meta({ description: 'Stable; /docs/issues explains each.' }),
    severity,
    sheet: z.string().nullable(),
    row: z.number().int().nullable().meta({ description: 'As the spreadsheet shows it.' }),
    column: z.string().nullable(),
    found: z.string().nullable(),
    expected: z.string().nullable(),
    message: z.string(),
  })
  .meta({ id: 'Issue', description: 'One finding about the file.' });

const jobIssueSchema = issueSchema
  .extend({ scope: z.enum(['guard', 'file', 'row']), count })
  .meta({
    id: 'JobIssue',
    description: 'A guard that holds the job, a finding about the file as a whole, or all findings about its rows of one code.',
  });

const rowIssueSchema = issueSchema
  .omit({ sheet: true, row: true })
  .meta({ id: 'RowIssue', description: 'One finding about a row.' });

/** A job, as every answer shows it. */
export const jobSchema = z
  .strictObject({
    id: z.uuid(),
    state: z.enum(jobStates),
    kind: z.enum(['file', 'revert']),
    fileName: z.string(),
    channel: z.enum(channels),
    feed: z.string(),
    mode: z.enum(['delta', 'full']),
    dryRun: z.boolean(),
    receivedAt: moment,
    finishedAt: moment.nullable(),
    counts: countsSchema,
    changes: changesSchema,
    issues: z.array(jobIssueSchema),
    failure: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    fingerprint: z.string().nullable().meta({ description: 'Identifies the plan of a held job or a dry run.' }),
    reverts: z.uuid().nullable().meta({ description: 'The job that this one undoes.' }),
    revertedBy: z.uuid().nullable(),
    removed: z
      .strictObject({ file: moment.nullable(), rows: moment.nullable(), journal: moment.nullable() })
      .meta({ description: 'When what was kept of the job was removed, since its time was over; null for what is kept.' }),
  })
  .meta({ id: 'Job', description: 'One file and all that happens to it.' });

/** A file that is safe, and whose job is made when the database is back. */
export const sealedSchema = z
  .strictObject({ id: z.uuid(), state: z.literal('staged') })
  .meta({ id: 'SealedFile', description: 'The file is accepted; the rest of its job is known when the database is back.' });

/** A row of a job's report. */
export const rowSchema = z
  .strictObject({
    sheet: z.string().nullable(),
    row: z.number().int(),
    externalId: z.string().nullable(),
    result: z.enum(rowResults),
    issues: z.array(rowIssueSchema),
  })
  .meta({ id: 'Row', description: 'The result of one data row.' });

/** The report of a job in JSON. */
export const reportSchema = z
  .strictObject({
    job: jobSchema,
    rows: z.array(rowSchema),
    changes: z.array(changeSchema).optional().meta({ description: 'Only for credentials with the scope `reports`.' }),
  })
  .meta({ id: 'Report' });

const named = z.strictObject({ id: z.string(), externalId: z.string().nullable(), name: z.string() });

/** A person of the directory. */
export const userSchema = z
  .strictObject({
    id: z.string(),
    externalId: z.string().nullable(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    isManager: z.boolean(),
    active: z.boolean(),
    inactiveCause: z.enum(['cell', 'absence', 'hand']).nullable(),
    administrator: z.boolean(),
    language: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    groups: z.array(named),
    source: z.string().nullable(),
  })
  .meta({ id: 'User' });

/** A group of the directory. */
export const groupSchema = z
  .strictObject({
    id: z.string(),
    externalId: z.string().nullable(),
    name: z.string(),
    description: z.string().nullable(),
    parent: named.nullable(),
    managers: z.array(named),
    members: count,
  })
  .meta({ id: 'Group' });

/** A page of a list. */
export function pageOf(item: z.ZodType): z.ZodObject {
  const next = z.string().nullable().meta({ description: 'The `cursor` of the next page; null at the end.' });
  return z.strictObject({ items: z.array(item), next });
}

/** A problem document (RFC 9457). */
export const problemSchema = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; /docs/failures explains each.' }),
    hint: z.string(),
    requestId: z.uuid(),
    errors: z
      .array(z.strictObject({ field: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'All that is wrong with the request, by the path of the field; `detail` tells the same in one sentence.' }),
  })
  .meta({ id: 'Problem' });

/** What `uploadFile` answers when it refuses a file. */
export const refusalSchema = z
  .strictObject({
    job: z.uuid().nullable().meta({ description: 'Null when there is no job, because the file was not taken.' }),
    code: z.string(),
    message: z.string(),
    issues: z.array(issueSchema),
  })
  .meta({ id: 'UploadRefusal' });
