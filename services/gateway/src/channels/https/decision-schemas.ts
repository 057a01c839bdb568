import { changeActions, eventKinds, guardNames } from '@rosterport/domain';
import { limit, position } from './request-schemas.ts';
import { z } from 'zod';

/** Which changes of a job to list. */
export const changesQuery = z.strictObject({
  action: z.enum(changeActions).optional(),
  kind: z.enum(['user', 'group', 'attribute']).optional(),
  limit,
  cursor: z
    .string()
    .regex(/^\d\.\d{1,18}\.\d{1,18}$/, 'is not one that a list has given')
    .optional()
    .meta({ description: 'The `next` of the page before.' }),
});

/** Which events of a job to list. */
export const jobEventsQuery = z.strictObject({ limit, cursor: position });

/** Which events of the tenant to list. */
export const eventsQuery = z.strictObject({ kind: z.enum(eventKinds).optional(), limit, cursor: position });

/** The approval of a held job. */
export const approvalBody = z.strictObject({
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is not the fingerprint of a plan')
    .meta({ description: 'That of the job when its changes were looked at. A plan that has become another is held again.' }),
  override: z
    .array(z.enum(guardNames))
    .max(guardNames.length)
    .optional()
    .meta({ description: 'Guards that are off for this one run, whatever the plan then is.' }),
});
