import { listRows } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { guarded } from './endpoint.ts';
import { jobParams, rowsQuery } from './request-schemas.ts';
import { pageOf, rowSchema } from './schemas.ts';
import { visibleJob } from './visible-job.ts';

/** The results of a job's rows. */
export const listJobRows = guarded(['reports', 'upload'], {
  method: 'get',
  path: '/v1/jobs/{id}/rows',
  summary: 'Lists the results of the rows of a job, in file order',
  params: jobParams,
  query: rowsQuery,
  responses: { 200: { description: 'A page of rows.', content: { 'application/json': pageOf(rowSchema) } } },
  async handle({ service, req, res, identity, params, query }) {
    const job = await visibleJob(service, identity, params.id);
    await sendAnswer(req, res, jsonAnswer(200, await listRows(service.context.database, { jobId: job.id, ...query })));
  },
});
