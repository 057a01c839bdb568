import { createUser, editUser, findUser, listAttributes } from '@rosterport/directory';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { editByHand, recordId } from './edit-by-hand.ts';
import { newUserBody, recordParams, userEditBody } from './edit-schemas.ts';
import { guarded } from './endpoint.ts';
import { newUserProblems, provedNewUser, provedUser, userProblems } from './proved-values.ts';
import { userSchema } from './schemas.ts';

/** One person. */
export const showUser = guarded(['directory', 'edit'], {
  method: 'get',
  path: '/v1/users/{id}',
  summary: 'Shows one person of the directory',
  params: recordParams,
  responses: { 200: { description: 'The person.', content: { 'application/json': userSchema } } },
  async handle({ service, req, res, identity, params }) {
    const user = await findUser(service.context.database, identity.tenantId, recordId(params.id, 'person'));
    await sendAnswer(req, res, jsonAnswer(200, user));
  },
});

/** Makes a person by hand. */
export const addUser = guarded(['edit'], {
  method: 'post',
  path: '/v1/users',
  summary: 'Makes a person by hand',
  description: 'The person belongs to no source. Values follow the rules of files; all problems are told at once.',
  json: newUserBody,
  responses: {
    201: {
      description: 'The person.',
      content: { 'application/json': userSchema },
      headers: { Location: 'The address of the person.' },
    },
  },
  inspect: async ({ service, identity, sound, sent }) =>
    newUserProblems(sound, sent, await listAttributes(service.context.database, identity.tenantId)),
  async handle({ service, req, res, identity, json }) {
    const { database } = service.context;
    const person = provedNewUser(json, await listAttributes(database, identity.tenantId));
    const edit = { service, identity, kind: 'userEdited', action: 'created' } as const;
    const { id } = await editByHand(edit, (context) => createUser(context, person));
    const user = await findUser(database, identity.tenantId, id);
    await sendAnswer(req, res, jsonAnswer(201, user, { Location: `/v1/users/${id}` }));
  },
});

/** Changes a person by hand. */
export const changeUser = guarded(['edit'], {
  method: 'patch',
  path: '/v1/users/{id}',
  summary: 'Changes a person by hand',
  description:
    'A person whom a source manages is what its files say: while any feed of the source is enabled, only `administrator` can be changed.',
  params: recordParams,
  json: userEditBody,
  responses: { 200: { description: 'The person as they are then.', content: { 'application/json': userSchema } } },
  inspect: async ({ service, identity, sound }) => userProblems(sound, await listAttributes(service.context.database, identity.tenantId)),
  async handle({ service, req, res, identity, params, json }) {
    const { database } = service.context;
    const id = recordId(params.id, 'person');
    const proved = provedUser(json, await listAttributes(database, identity.tenantId));
    await editByHand({ service, identity, kind: 'userEdited', action: 'updated' }, (context) => editUser(context, id, proved));
    await sendAnswer(req, res, jsonAnswer(200, await findUser(database, identity.tenantId, id)));
  },
});
