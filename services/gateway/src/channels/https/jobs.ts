import { listJobs as jobsOf, shownJob } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { guarded } from './endpoint.ts';
import { jobParams, jobsQuery } from './request-schemas.ts';
import { jobSchema, pageOf } from './schemas.ts';
import { seesOnly, visibleJob } from './visible-job.ts';

/** The list of jobs. */
export const listJobs = guarded(['reports', 'upload'], {
  method: 'get',
  path: '/v1/jobs',
  summary: 'Lists jobs, the newest first',
  description: 'With the scope `upload` alone, only jobs that this credential sent.',
  query: jobsQuery,
  responses: { 200: { description: 'A page of jobs.', content: { 'application/json': pageOf(jobSchema) } } },
  async handle({ service, req, res, identity, query }) {
    const page = await jobsOf(service.context.database, { tenantId: identity.tenantId, ...seesOnly(identity), ...query });
    await sendAnswer(req, res, jsonAnswer(200, { items: page.items.map(shownJob), next: page.next }));
  },
});

/** One job. */
export const showJob = guarded(['reports', 'upload'], {
  method: 'get',
  path: '/v1/jobs/{id}',
  summary: 'Shows one job',
  params: jobParams,
  responses: { 200: { description: 'The job.', content: { 'application/json': jobSchema } } },
  async handle({ service, req, res, identity, params }) {
    await sendAnswer(req, res, jsonAnswer(200, shownJob(await visibleJob(service, identity, params.id))));
  },
});
