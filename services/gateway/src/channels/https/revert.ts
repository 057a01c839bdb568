import { revertJob, shownJob } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { decisionOf } from './decision.ts';
import { guarded } from './endpoint.ts';
import { jobParams } from './request-schemas.ts';
import { jobSchema } from './schemas.ts';

/** Undoes an applied job. */
export const revert = guarded(['decide'], {
  method: 'post',
  path: '/v1/jobs/{id}/revert',
  summary: 'Undoes an applied job, by a job of its own',
  description: 'What was changed or referenced since is kept, and listed among the changes of that job. A revert can be reverted.',
  params: jobParams,
  responses: {
    202: {
      description: 'The job that undoes it.',
      content: { 'application/json': jobSchema },
      headers: { Location: 'The address of that job.' },
    },
  },
  async handle({ service, req, res, identity, params }) {
    const job = await revertJob(service.context.database, decisionOf(identity, params.id));
    await sendAnswer(req, res, jsonAnswer(202, shownJob(job), { Location: `/v1/jobs/${job.id}` }));
  },
});
