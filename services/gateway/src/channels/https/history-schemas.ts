import { z } from 'zod';
import { linkSchema, valueSchema } from './change-schemas.ts';
import { limit, position } from './request-schemas.ts';

/** Which changes of a person to list. */
export const historyQuery = z.strictObject({ limit, cursor: position });

const origin = {
  at: z.iso.datetime(),
  job: z
    .strictObject({ id: z.uuid(), kind: z.enum(['file', 'revert']), fileName: z.string() })
    .nullable()
    .meta({ description: 'null for a change by hand.' }),
  sheet: z.string().nullable(),
  row: z.number().int().nullable().meta({ description: 'As the spreadsheet shows it; null for what no row names.' }),
  by: z.string().nullable().meta({ description: 'Name of the credential of a change by hand; null for an operator at the host.' }),
};

const knownValue = z.strictObject({
  field: z.string().meta({
    description: 'Attributes are `attributes.<name>`; `group` is a membership, `manager` who manages it, `manages` a group that the person is named for.',
  }),
  value: z.unknown(),
  origin: z.strictObject(origin).nullable().meta({ description: 'What set the value; null where nothing was ever said of it.' }),
});

const entry = z.strictObject({ ...origin, values: z.array(valueSchema), links: z.array(linkSchema) });

/** Where everything that is known of a person comes from. */
export const historySchema = z
  .strictObject({
    user: z.strictObject({ id: z.string(), externalId: z.string().nullable(), name: z.string() }),
    values: z.array(knownValue),
    items: z.array(entry).meta({ description: 'All changes, newest first.' }),
    next: z.string().nullable().meta({ description: 'The `cursor` of the next page; null at the end.' }),
  })
  .meta({ id: 'UserHistory' });
