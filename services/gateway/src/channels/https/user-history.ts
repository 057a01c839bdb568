import { userHistory } from '@rosterport/directory';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { recordId } from './edit-by-hand.ts';
import { recordParams } from './edit-schemas.ts';
import { guarded } from './endpoint.ts';
import { historyQuery, historySchema } from './history-schemas.ts';

/** Where the values of a person come from. */
export const showUserHistory = guarded(['directory'], {
  method: 'get',
  path: '/v1/users/{id}/history',
  summary: 'Shows which job, file and row set each value of a person, and all changes, newest first',
  params: recordParams,
  query: historyQuery,
  responses: { 200: { description: 'The values and a page of changes.', content: { 'application/json': historySchema } } },
  async handle({ service, req, res, identity, params, query }) {
    const place = { tenantId: identity.tenantId, userId: recordId(params.id, 'person') };
    const { user, values, changes } = await userHistory(service.context.database, { ...place, ...query });
    await sendAnswer(req, res, jsonAnswer(200, { user, values, ...changes }));
  },
});
