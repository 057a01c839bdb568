import { attributeTypes, mostCloseWaits } from '@rosterport/domain';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const shareGuard = z.strictObject({ share }).nullable();
const name = z.string().max(200);
const mode = z.enum(['delta', 'full']);

const guardLimits = {
  deactivations: z.strictObject({ share, people: z.number().int().min(0) }).nullable(),
  updates: shareGuard,
  emptiedColumns: shareGuard,
  missingRows: shareGuard,
  swappedIds: z.boolean(),
  renamedIds: z.boolean(),
  olderFile: z.boolean(),
  unreadableIds: z.boolean(),
  missingLineEnd: z.boolean(),
};

const policy = {
  unknownGroup: z.enum(['create', 'skip', 'reject']),
  unknownAttribute: z.enum(['create', 'strict']),
  rowError: z.enum(['skipRow', 'rejectFile']),
  clearToken: z.string().max(200).nullable().meta({ description: 'A cell with this text empties the value.' }),
  laterFiles: z.enum(['wait', 'supersede']),
  sameName: z.enum(['queue', 'supersede']).meta({ description: 'What a file does to an earlier one of its name and folder that is not begun.' }),
  sidecar: z.enum(['none', 'done', 'sha256']).meta({ description: 'What an upload by SFTP waits for, besides its CLOSE, before it becomes a job.' }),
  closeWaits: z.number().int().min(0).max(mostCloseWaits).meta({ description: 'Seconds for which the CLOSE of an upload by SFTP waits for the verdict.' }),
  expected: z
    .strictObject({
      schedule: z.string().max(200).meta({ description: 'Five fields of cron.', example: '0 6 * * 1-5' }),
      timeZone: z.string().max(100).meta({ example: 'Europe/Stockholm' }),
      graceMinutes: z.number().int(),
    })
    .nullable(),
  emailLanguage: z.string().max(100).meta({ example: 'sv-SE' }),
};

/** A feed, as every answer shows it. */
export const feedSchema = z
  .strictObject({
    name: z.string(),
    source: z.string(),
    mode,
    enabled: z.boolean(),
    matchesByEmail: z.boolean().meta({ description: 'True from the time it is enabled again until a file has found people by their e-mail.' }),
    policy: z.strictObject({ ...policy, guards: z.strictObject(guardLimits) }),
  })
  .meta({ id: 'Feed', description: 'A stream of files of one source with one policy.' });

const policyChanges = z
  .strictObject({ ...policy, guards: z.strictObject(guardLimits).partial() })
  .partial()
  .optional()
  .meta({ description: 'What it leaves out stays as it is, or is as by default in a new feed. A guard that is null or false is off.' });

/** The path of one feed. */
export const feedParams = z.strictObject({ name: name.meta({ description: 'The name of the feed.' }) });

/** A new feed. */
export const newFeedBody = z.strictObject({
  name,
  source: name.optional().meta({ description: 'Made where there is none of that name; the name of the feed where it is left out.' }),
  mode: mode.optional(),
  policy: policyChanges,
});

/** What is to become of a feed. */
export const feedChangesBody = z.strictObject({ mode: mode.optional(), enabled: z.boolean().optional(), policy: policyChanges });

/** An attribute, as every answer shows it. */
export const attributeSchema = z
  .strictObject({ name: z.string(), type: z.enum(attributeTypes), options: z.array(z.string()), required: z.boolean() })
  .meta({ id: 'Attribute', description: 'An attribute of people that the tenant has defined.' });

/** The path of one attribute. */
export const attributeParams = z.strictObject({ name: z.string().max(1000).meta({ description: 'The name of the attribute, compared exactly.' }) });

/** The definition of an attribute, but for its name. */
export const attributeBody = z.strictObject({
  type: z.enum(attributeTypes),
  options: z.array(z.string().max(1000)).max(1000).default([]).meta({ description: 'The values that a list takes.' }),
  required: z.boolean().default(false).meta({ description: 'True when every active person of a file must have a value.' }),
});

/** A whole list. */
export function listOf(item: z.ZodType): z.ZodObject {
  return z.strictObject({ items: z.array(item), next: z.null() });
}
