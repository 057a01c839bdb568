import { changeActions, eventKinds, keptReasons } from '@rosterport/domain';
import { z } from 'zod';

/** A membership, or the naming of a manager, that comes or goes. */
export const linkSchema = z.strictObject({
  kind: z.enum(['membership', 'manager']),
  change: z.enum(['added', 'removed']),
  group: z.strictObject({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
  manager: z.string().nullable().meta({ description: 'The manager as the file names it; null for a membership.' }),
});

/** One value before and after. */
export const valueSchema = z.strictObject({
  field: z.string().meta({ description: 'Attributes are `attributes.<name>`.' }),
  before: z.unknown(),
  after: z.unknown(),
});

/** What a job does to one record. */
export const changeSchema = z
  .strictObject({
    kind: z.enum(['user', 'group', 'attribute']),
    action: z.enum(changeActions),
    id: z.string().meta({ description: 'Of the record; one that is not made yet may get another.' }),
    externalId: z.string().nullable(),
    name: z.string().nullable(),
    sheet: z.string().nullable(),
    row: z.number().int().nullable().meta({ description: 'The row that says so; null for what no row names.' }),
    values: z.array(valueSchema),
    links: z.array(linkSchema),
    reason: z.enum(keptReasons).nullable().meta({ description: 'Why a revert kept it.' }),
  })
  .meta({ id: 'Change', description: 'What a job changes, would change, or could not take back of one record.' });

/** What happened, without any value of a person. */
export const eventSchema = z
  .strictObject({
    id: z.string(),
    kind: z.enum(eventKinds),
    at: z.iso.datetime(),
    feed: z.string().nullable(),
    jobId: z.uuid().nullable(),
    by: z.string().nullable().meta({ description: 'Name of the credential; null when the product or an operator at its host did it.' }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
