import { createGroup, editGroup, findGroup, removeGroup } from '@rosterport/directory';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { editByHand, recordId } from './edit-by-hand.ts';
import { groupEditBody, newGroupBody, recordParams, removeGroupQuery } from './edit-schemas.ts';
import { guarded } from './endpoint.ts';
import { groupProblems, provedGroup } from './proved-values.ts';
import { groupSchema } from './schemas.ts';

/** One group. */
export const showGroup = guarded(['directory', 'edit'], {
  method: 'get',
  path: '/v1/groups/{id}',
  summary: 'Shows one group of the directory',
  params: recordParams,
  responses: { 200: { description: 'The group.', content: { 'application/json': groupSchema } } },
  async handle({ service, req, res, identity, params }) {
    const group = await findGroup(service.context.database, identity.tenantId, recordId(params.id, 'group'));
    await sendAnswer(req, res, jsonAnswer(200, group));
  },
});

/** Makes a group by hand. */
export const addGroup = guarded(['edit'], {
  method: 'post',
  path: '/v1/groups',
  summary: 'Makes a group by hand',
  description: 'The group belongs to no source. Below one parent no two groups have the same name.',
  json: newGroupBody,
  responses: {
    201: {
      description: 'The group.',
      content: { 'application/json': groupSchema },
      headers: { Location: 'The address of the group.' },
    },
  },
  inspect: ({ sound }) => groupProblems(sound),
  async handle({ service, req, res, identity, json }) {
    const { name = json.name, ...others } = provedGroup(json);
    const edit = { service, identity, kind: 'groupEdited', action: 'created' } as const;
    const { id } = await editByHand(edit, (context) => createGroup(context, { name, ...others }));
    const group = await findGroup(service.context.database, identity.tenantId, id);
    await sendAnswer(req, res, jsonAnswer(201, group, { Location: `/v1/groups/${id}` }));
  },
});

/** Changes a group by hand. */
export const changeGroup = guarded(['edit'], {
  method: 'patch',
  path: '/v1/groups/{id}',
  summary: 'Changes a group by hand',
  description: 'A group whom a source manages is what its files say, while any feed of the source is enabled.',
  params: recordParams,
  json: groupEditBody,
  responses: { 200: { description: 'The group as it is then.', content: { 'application/json': groupSchema } } },
  inspect: ({ sound }) => groupProblems(sound),
  async handle({ service, req, res, identity, params, json }) {
    const id = recordId(params.id, 'group');
    const proved = provedGroup(json);
    await editByHand({ service, identity, kind: 'groupEdited', action: 'updated' }, (context) => editGroup(context, id, proved));
    await sendAnswer(req, res, jsonAnswer(200, await findGroup(service.context.database, identity.tenantId, id)));
  },
});

/** Removes a group that was made by hand. */
export const deleteGroup = guarded(['edit'], {
  method: 'delete',
  path: '/v1/groups/{id}',
  summary: 'Removes a group that was made by hand',
  description: 'Its people stay, without this group. A group that files made is removed by a revert alone.',
  params: recordParams,
  query: removeGroupQuery,
  responses: { 200: { description: 'The group as it was.', content: { 'application/json': groupSchema } } },
  async handle({ service, req, res, identity, params, query }) {
    const id = recordId(params.id, 'group');
    const group = await findGroup(service.context.database, identity.tenantId, id);
    const { children = 'refuse' } = query;
    await editByHand({ service, identity, kind: 'groupEdited', action: 'removed' }, (context) => removeGroup(context, id, children));
    await sendAnswer(req, res, jsonAnswer(200, group));
  },
});
