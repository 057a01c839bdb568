import { listEvents as eventsOf } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { eventSchema } from './change-schemas.ts';
import { eventsQuery } from './decision-schemas.ts';
import { guarded } from './endpoint.ts';
import { pageOf } from './schemas.ts';

/** The events of a tenant. */
export const listEvents = guarded(['reports'], {
  method: 'get',
  path: '/v1/events',
  summary: 'Lists alerts, decisions and edits, the newest first',
  query: eventsQuery,
  responses: { 200: { description: 'A page of events.', content: { 'application/json': pageOf(eventSchema) } } },
  async handle({ service, req, res, identity, query }) {
    const page = await eventsOf(service.context.database, { tenantId: identity.tenantId, ...query });
    await sendAnswer(req, res, jsonAnswer(200, page));
  },
});
