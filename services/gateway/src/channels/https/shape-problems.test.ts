import { describe, expect, test } from '@jest/globals';
import { feedChangesBody, attributeBody } from './admin-schemas.ts';
import { groupEditBody, newUserBody } from './edit-schemas.ts';
import { usersQuery } from './request-schemas.ts';
import { readBody } from './read-body.ts';
import { readPart } from './read-part.ts';
import type { z } from 'zod';

const text = 'a text of 1 to 2000 characters';
const ids = 'an id, which is a text of digits';

const cases: readonly (readonly [z.ZodObject, unknown, readonly string[]])[] = [
  [newUserBody, {}, [`\`firstName\` is missing; it must be ${text}`, `\`lastName\` is missing; it must be ${text}`]],
  [newUserBody, [], ['the body must be an object; a list was found']],
  [
    newUserBody,
    { firstName: 7, lastName: '', email: ['a'], active: 'yes', isManager: null, firstname: 'x', colour: 'red' },
    [
      `\`firstName\` must be ${text}; a number was found`,
      `\`lastName\` must be ${text}; it is empty`,
      `\`email\` must be ${text} or null; a list was found`,
      '`isManager` must be true or false; null was found',
      '`active` must be true or false; a text was found',
      '`firstname` is not known here; `firstName` is, if that is meant',
      '`colour` is not known here',
    ],
  ],
  [
    newUserBody,
    { firstName: 'x'.repeat(2001), lastName: 'y', groups: ['1', 'G', 2], attributes: { City: 7, Level: { a: 1 }, Note: '' } },
    [
      `\`firstName\` must be ${text}; it has 2001 characters`,
      `\`attributes.City\` must be ${text}, or null; a number was found`,
      `\`attributes.Level\` must be ${text}, or null; an object was found`,
      `\`attributes.Note\` must be ${text}, or null; it is empty`,
      `\`groups.1\` is not ${ids}`,
      `\`groups.2\` must be ${ids}; a number was found`,
    ],
  ],
  [newUserBody, { firstName: 'x', lastName: 'y', attributes: ['City'] }, ['`attributes` must be an object of names with texts or null']],
  [groupEditBody, { parent: true }, [`\`parent\` must be ${ids} or null; true was found`]],
  [
    feedChangesBody,
    { mode: 'half', policy: { rowError: 1, expected: { schedule: '0 6 * * *' }, guards: { updates: { share: 75 }, swappedIds: 'on', birthdays: true } } },
    [
      '`mode` must be one of delta, full; another text was found',
      '`policy.rowError` must be one of skipRow, rejectFile; a number was found',
      '`policy.expected.timeZone` is missing; it must be a text of at most 100 characters',
      '`policy.expected.graceMinutes` is missing; it must be a whole number',
      '`policy.guards.updates.share` must be a number from 0 to 1; another number was found',
      '`policy.guards.swappedIds` must be true or false; a text was found',
      '`policy.guards.birthdays` is not known here',
    ],
  ],
  [attributeBody, { type: 'colour', options: 'Lund' }, ['`type` must be one of text, number, date, list; another text was found', '`options` must be a list of at most 1000 entries; a text was found']],
  [
    usersQuery,
    { limit: 'many', active: '1', cursor: 'x' },
    [
      '`active` must be one of true, false; another text was found',
      '`limit` must be a whole number from 1 to 1000; something else was found',
      '`cursor` is not one that a list has given',
    ],
  ],
];

describe('what is wrong with the shape of a request', () => {
  test.each(cases)('is told whole, by field (%#)', (schema, sent, expected) => {
    try {
      readPart(schema, sent);
    } catch (error) {
      expect(error).toMatchObject({ code: 'requestInvalid', problems: expect.any(Array) });
      expect((error as { problems: { problem: string }[] }).problems.map(({ problem }) => problem)).toEqual(expected);
      return;
    }
    throw new TypeError('It was taken.');
  });

  test('leaves the sound fields for whoever judges values', async () => {
    const sent = JSON.parse('{"firstName":7,"email":"x","colour":1,"groups":["G","1"],"attributes":{"__proto__":"v","City":7,"Level":"x"}}') as unknown;
    const seen: unknown[] = [];
    const read = readBody(newUserBody, sent, (sound) => {
      seen.push(sound);
      return [{ field: 'email', problem: 'judged' }];
    });
    await expect(read).rejects.toMatchObject({ message: expect.stringMatching(/`firstName`.*; judged\.$/) });
    expect(JSON.stringify(seen)).toBe('[{"email":"x","attributes":{"__proto__":"v","Level":"x"},"groups":["1"]}]');
  });

  test('is told of the first of very many', async () => {
    const sent = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x${index}`, 1]));
    await expect(readBody(groupEditBody, sent, () => [])).rejects.toMatchObject({ message: expect.stringMatching(/49950 more\.$/) });
  });
});
