import { listEvents } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { eventSchema } from './change-schemas.ts';
import { jobEventsQuery } from './decision-schemas.ts';
import { guarded } from './endpoint.ts';
import { jobParams } from './request-schemas.ts';
import { pageOf } from './schemas.ts';
import { visibleJob } from './visible-job.ts';

/** What happened to a job. */
export const listJobEvents = guarded(['reports'], {
  method: 'get',
  path: '/v1/jobs/{id}/events',
  summary: 'Lists what happened to a job: holds, decisions and reverts, the newest first',
  params: jobParams,
  query: jobEventsQuery,
  responses: { 200: { description: 'A page of events.', content: { 'application/json': pageOf(eventSchema) } } },
  async handle({ service, req, res, identity, params, query }) {
    const { id: jobId, tenantId } = await visibleJob(service, identity, params.id);
    await sendAnswer(req, res, jsonAnswer(200, await listEvents(service.context.database, { tenantId, jobId, ...query })));
  },
});
