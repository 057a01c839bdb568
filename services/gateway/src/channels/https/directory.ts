import { listGroups as groupsOf, listUsers as usersOf } from '@rosterport/directory';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { guarded } from './endpoint.ts';
import { groupsQuery, usersQuery } from './request-schemas.ts';
import { groupSchema, pageOf, userSchema } from './schemas.ts';

/** The people of the directory. */
export const listUsers = guarded(['directory'], {
  method: 'get',
  path: '/v1/users',
  summary: 'Lists the people of the directory',
  query: usersQuery,
  responses: { 200: { description: 'A page of people.', content: { 'application/json': pageOf(userSchema) } } },
  async handle({ service, req, res, identity, query }) {
    await sendAnswer(req, res, jsonAnswer(200, await usersOf(service.context.database, identity.tenantId, query)));
  },
});

/** The groups of the directory. */
export const listGroups = guarded(['directory'], {
  method: 'get',
  path: '/v1/groups',
  summary: 'Lists the groups of the directory',
  query: groupsQuery,
  responses: { 200: { description: 'A page of groups.', content: { 'application/json': pageOf(groupSchema) } } },
  async handle({ service, req, res, identity, query }) {
    await sendAnswer(req, res, jsonAnswer(200, await groupsOf(service.context.database, identity.tenantId, query)));
  },
});
