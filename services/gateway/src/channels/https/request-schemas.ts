import { jobStates, rowResults } from '@rosterport/domain';
import { z } from 'zod';

/** How many items of a list. */
export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1000)
  .default(100)
  .meta({ description: 'How many items at most.' });

/** PostgreSQL takes no NUL in a text. */
const text = z
  .string()
  .max(1000)
  .refine((value) => !value.includes('\0'), 'holds a NUL character');

const cursor = text.optional().meta({ description: 'The `next` of the page before.' });

/** Where a list goes on that is ordered by a number. */
export const position = z
  .string()
  .regex(/^\d{1,18}$/, 'is not one that a list has given')
  .optional()
  .meta({ description: 'The `next` of the page before.' });

/** The path of one job. */
export const jobParams = z.strictObject({ id: z.string().meta({ description: 'The id of the job.', format: 'uuid' }) });

/** Which jobs to list. */
export const jobsQuery = z.strictObject({ state: z.enum(jobStates).optional(), limit, cursor });

/** Which rows of a job to list. */
export const rowsQuery = z.strictObject({
  result: z.enum(rowResults).optional(),
  code: z
    .string()
    .regex(/^[A-Za-z]{1,100}$/, 'is not an issue code')
    .optional()
    .meta({ description: 'Only rows with a finding of this code.' }),
  limit,
  cursor: position,
});

/** In which form to give a report. */
export const reportQuery = z.strictObject({
  format: z.enum(['json', 'csv', 'xlsx']).optional().meta({ description: 'Goes before `Accept`; JSON when neither is there.' }),
});

const externalId = text.optional().meta({ description: 'Only the record with this external id.' });

/** Which people to list. */
export const usersQuery = z.strictObject({
  externalId,
  active: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
  limit,
  cursor: position,
});

/** Which groups to list. */
export const groupsQuery = z.strictObject({ externalId, limit, cursor: position });

/** What may be said of a file beside its body. */
export const fileQuery = z.strictObject({
  fileName: z.string().optional().meta({ description: 'The name of a file that is the whole body.' }),
  feed: text.optional().meta({ description: 'The name of a feed of the tenant.' }),
  mode: z.enum(['delta', 'full']).optional().meta({ description: 'What absence means: nothing, or that a person has left.' }),
  dryRun: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .meta({ description: 'Tells what would happen, and changes nothing.' }),
  size: z.coerce.number().int().min(0).optional().meta({ description: 'Bytes of the whole file; one of another size is refused.' }),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .transform((value) => value.toLowerCase())
    .optional()
    .meta({ description: 'SHA-256 of the whole file in hexadecimal; another file is refused.' }),
});

/** The headers of an upload. */
export const fileHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 characters of ASCII')
    .optional()
    .meta({ description: 'Uploads of one credential with the same key are one job, whatever their bodies.' }),
});

/** A body in multipart/form-data. */
export const multipartBody = z.object({
  file: z.string().meta({ format: 'binary', description: 'The file, with its name.' }),
});

/** A body that is a file. */
export const binaryBody = z.string().meta({ format: 'binary' });
