import { approveJob, shownJob } from '@rosterport/jobs';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { approvalBody } from './decision-schemas.ts';
import { decisionOf } from './decision.ts';
import { guarded } from './endpoint.ts';
import { jobParams } from './request-schemas.ts';
import { jobSchema } from './schemas.ts';

/** Lets a held job go on. */
export const approve = guarded(['decide'], {
  method: 'post',
  path: '/v1/jobs/{id}/approve',
  summary: 'Approves a held job, as far as its plan is the one that was seen',
  description:
    'The job is planned again. An equal plan is applied; one that has become another is held again. With `override` the named guards are off for this one run.',
  params: jobParams,
  json: approvalBody,
  responses: {
    202: {
      description: 'The job; it stays `held` until a processor takes it.',
      content: { 'application/json': jobSchema },
      headers: { Location: 'The address of the job.' },
    },
  },
  async handle({ service, req, res, identity, params, json: { fingerprint, override } }) {
    const job = await approveJob(service.context.database, {
      ...decisionOf(identity, params.id),
      ...{ fingerprint, override: override ?? [] },
    });
    await sendAnswer(req, res, jsonAnswer(202, shownJob(job), { Location: `/v1/jobs/${job.id}` }));
  },
});
