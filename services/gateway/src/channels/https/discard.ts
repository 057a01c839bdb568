import { discardJob, shownJob } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { decisionOf } from './decision.ts';
import { guarded } from './endpoint.ts';
import { jobParams } from './request-schemas.ts';
import { jobSchema } from './schemas.ts';

/** Ends a held job without a change. */
export const discard = guarded(['decide'], {
  method: 'post',
  path: '/v1/jobs/{id}/discard',
  summary: 'Discards a job that is held or waits; nothing changes, and later files of its feed go on',
  params: jobParams,
  responses: { 200: { description: 'The job.', content: { 'application/json': jobSchema } } },
  async handle({ service, req, res, identity, params }) {
    const job = await discardJob(service.context.database, decisionOf(identity, params.id));
    await sendAnswer(req, res, jsonAnswer(200, shownJob(job)));
  },
});
