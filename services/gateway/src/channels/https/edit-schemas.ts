import { z } from 'zod';
import { kindOf } from './shape-problems.ts';

const text = z.string().min(1).max(2000);
const optional = text.nullable().optional().meta({ description: 'null empties it.' });
const flag = z.boolean().optional();
const id = z.string().regex(/^\d{1,18}$/, 'is not an id, which is a text of digits').meta({ title: 'an id, which is a text of digits' });

/** The path of one person or group. */
export const recordParams = z.strictObject({ id: z.string().meta({ description: 'The id of the record.' }) });

const longestName = 200;

/** Not a record of zod, which leaves out what is named `__proto__`: a name like any other. */
const attributes = z
  .custom<Readonly<Record<string, string | null>>>(isObject, 'must be an object of names with texts or null')
  .check(({ value, issues }) => {
    if (!isObject(value)) return;
    for (const [name, one] of Object.entries(value)) {
      const message = attributeShape(name, one);
      if (message !== null) issues.push({ code: 'custom', message, path: [name], input: one });
    }
  })
  .meta({
    type: 'object',
    additionalProperties: { type: ['string', 'null'] },
    description: 'Values by name; names must be defined. Others stay as they are, and null empties one.',
  });

function isObject(sent: unknown): boolean {
  return typeof sent === 'object' && sent !== null && !Array.isArray(sent);
}

/** What is wrong with the shape of an attribute, as words behind its name. */
function attributeShape(name: string, value: unknown): string | null {
  if (name.length > longestName) return `has a name of more than ${longestName} characters`;
  const read = text.nullable().safeParse(value);
  return read.success ? null : `must be a text of 1 to 2000 characters, or null; ${kindOf(value, read.error.issues[0]?.code ?? 'custom')}`;
}

const userParts = {
  email: optional,
  phone: text.nullable().optional().meta({ description: 'With country code; it is kept as E.164. null empties it.' }),
  isManager: flag,
  active: flag,
  language: text.nullable().optional().meta({ description: 'BCP 47. null empties it.' }),
  attributes: attributes.optional(),
  groups: z.array(id).max(1000).optional().meta({ description: 'Ids of groups: the person gets exactly these.' }),
  administrator: flag.meta({ description: 'Administrators are never deactivated because a full file leaves them out.' }),
};

/** A person to be made by hand. */
export const newUserBody = z
  .strictObject({ firstName: text, lastName: text, ...userParts })
  .meta({ id: 'NewUser', description: 'A person to be made by hand, with an e-mail or a phone number at least.' });

/** What of a person is to become another. */
export const userEditBody = z
  .strictObject({ firstName: text.optional(), lastName: text.optional(), ...userParts })
  .meta({ id: 'UserEdit', description: 'What is left out stays as it is (RFC 7396).' });

const groupParts = {
  description: optional,
  parent: id.nullable().optional().meta({ description: 'Id of the group above; null makes it a root.' }),
};

/** A group to be made by hand. */
export const newGroupBody = z.strictObject({ name: text, ...groupParts }).meta({ id: 'NewGroup' });

/** What of a group is to become another. */
export const groupEditBody = z
  .strictObject({ name: text.optional(), ...groupParts })
  .meta({ id: 'GroupEdit', description: 'What is left out stays as it is (RFC 7396).' });

/** How a group is to be removed. */
export const removeGroupQuery = z.strictObject({
  children: z
    .enum(['refuse', 'moveUp'])
    .optional()
    .meta({ description: 'The groups below it: with `moveUp` they get the group above it; otherwise a group with others below it is not removed.' }),
});
