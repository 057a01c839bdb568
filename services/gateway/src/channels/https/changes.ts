import { listChanges } from '@rosterport/directory';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { changeSource } from './change-source.ts';
import { changesQuery } from './decision-schemas.ts';
import { guarded } from './endpoint.ts';
import { jobParams } from './request-schemas.ts';
import { changeSchema } from './change-schemas.ts';
import { pageOf } from './schemas.ts';
import { visibleJob } from './visible-job.ts';

/** What a job changed, or would change. */
export const listJobChanges = guarded(['reports'], {
  method: 'get',
  path: '/v1/jobs/{id}/changes',
  summary: 'Lists what a job changed in the directory, or would change, record by record',
  description:
    'People first, then groups, then attributes. For a held job and a dry run it is what would change; for a revert, also what was kept, with the reason.',
  params: jobParams,
  query: changesQuery,
  responses: { 200: { description: 'A page of changes.', content: { 'application/json': pageOf(changeSchema) } } },
  async handle({ service, req, res, identity, params, query }) {
    const job = await visibleJob(service, identity, params.id);
    const page = await listChanges(service.context.database, { ...changeSource(job), ...query });
    await sendAnswer(req, res, jsonAnswer(200, page));
  },
});
