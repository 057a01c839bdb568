import { splitIssues } from '@rosterport/domain';
import { Failure } from '@rosterport/domain';
import { rejectedMessage } from './rejected-message.ts';
import { jsonAnswer, sendAnswer, type Answer } from './answer.ts';
import { guarded } from './endpoint.ts';
import { receivedText } from './received-text.ts';
import { receiveMultipart } from './receive-multipart.ts';
import { arrivalOf } from './received-file.ts';
import { multipartBody } from './request-schemas.ts';
import { refusalSchema } from './schemas.ts';
import { verdict } from './verdict.ts';
import { z } from 'zod';

/**
 * The upload for senders that were made for the older service: everything about the request or its file is 400, an unknown
 * token with no body at all, and success is a sentence.
 */
export const uploadFile = guarded(['upload'], {
  method: 'post',
  path: '/v1/storage/uploadFile',
  summary: 'Uploads a file and waits a little for the verdict on it',
  description: 'Takes CSV, XLS and XLSX, told apart by content. Findings about the file as a whole are answered when they are known within seconds; findings about rows are in the report of the job.',
  body: { 'multipart/form-data': multipartBody },
  responses: {
    200: {
      description: 'The file was received. The text says so when it waits for approval, or was only checked.',
      content: { 'text/plain': z.string() },
      headers: { Location: 'The address of the job.' },
    },
    400: {
      description: 'Without a body: the token is not valid. With a body: the file was refused, or could not be processed.',
      content: { 'application/json': refusalSchema },
    },
  },
  refusal: refusalOf,
  async handle({ service, req, res, identity }) {
    const arrival = arrivalOf(identity, service.uploadFileLimitBytes);
    const { incoming, fileName } = await receiveMultipart({ service, req, res, arrival });
    const { jobId, registered } = await incoming.accept(fileName);
    const job = (await registered) ? await verdict({ service, res, tenantId: identity.tenantId, jobId }) : null;
    const Location = `/v1/jobs/${jobId}`;
    if (job?.state === 'rejected' || job?.state === 'failed') {
      const { file } = splitIssues(job.issues);
      const refused = job.state === 'rejected' ? rejectedMessage(file) : failedMessage;
      const body = { job: jobId, ...refused, issues: file };
      await sendAnswer(req, res, jsonAnswer(400, body, { Location }));
    } else {
      await sendAnswer(req, res, { ...received(Location), body: receivedText(jobId, job) });
    }
  },
});

const failedMessage = { code: 'unexpected', message: new Failure('unexpected').message } as const;

function received(location: string): Answer {
  return { status: 200, headers: { Location: location }, type: 'text/plain; charset=utf-8' };
}

function refusalOf(failure: Failure): Answer | null {
  switch (failure.kind) {
    case 'unauthenticated':
      return { status: 400 };
    case 'busy':
    case 'unavailable':
    case 'broken':
      return null;
    default:
      return jsonAnswer(400, { job: null, code: failure.code, message: failure.message, issues: [] });
  }
}
