import { Failure, isFailure, type JobId } from '@rosterport/domain';
import { findJob, shownJob, type LedgerJob } from '@rosterport/jobs';
import { z } from 'zod';
import { jsonAnswer, sendAnswer, type Answer } from './answer.ts';
import { guarded } from './endpoint.ts';
import { idempotentId } from './idempotent-id.ts';
import { receiveMultipart } from './receive-multipart.ts';
import { receiveRaw } from './receive-raw.ts';
import { arrivalOf, type FileRequest, type ReceivedFile } from './received-file.ts';
import { binaryBody, fileHeaders, fileQuery, multipartBody } from './request-schemas.ts';
import { jobSchema, sealedSchema } from './schemas.ts';
import { sentFileName } from './sent-file-name.ts';

/** The media types of a body that is a file. */
const fileTypes = [
  'text/csv',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/** The upload of the native API. */
export const sendFile = guarded(['upload'], {
  method: 'post',
  path: '/v1/files',
  summary: 'Uploads a file and answers as soon as it is safe',
  description: 'The file is the part `file` of a multipart body, or the whole body. The verdict on it is in the job. Mode and feed are those of the credential, and then of the feed, unless they are named.',
  query: fileQuery,
  headers: fileHeaders,
  body: { 'multipart/form-data': multipartBody, ...Object.fromEntries(fileTypes.map((type) => [type, binaryBody])) },
  responses: {
    202: {
      description: 'The file is accepted. The same answer is given for an Idempotency-Key that is known.',
      content: { 'application/json': z.union([jobSchema, sealedSchema]) },
      headers: { Location: 'The address of the job.' },
    },
  },
  async handle({ service, req, res, identity, query, headers }) {
    const { database } = service.context;
    const key = headers['idempotency-key'];
    const known = key === undefined ? undefined : idempotentId(identity.credentialId, key);
    const find = (id: JobId): Promise<LedgerJob> => findJob(database, identity.tenantId, id);
    const earlier = known === undefined ? null : await orNull(find(known), ['notFound', 'databaseUnavailable']);
    if (earlier !== null) return sendAnswer(req, res, accepted(earlier));

    const { fileName, ...said } = query;
    const request = { service, req, res, arrival: arrivalOf(identity, service.filesLimitBytes, { jobId: known, said }) };
    const file = await orNull(receive(request, fileName), known === undefined ? [] : ['uploadExists']);
    // Another request with this key is under way, or has just been sealed.
    if (file === null) {
      const other = await orNull(find(known as JobId), ['notFound']);
      if (other === null) throw new Failure('uploadExists');
      return sendAnswer(req, res, accepted(other));
    }
    const { jobId, registered } = await file.incoming.accept(file.fileName);
    const job = (await registered) ? await find(jobId) : { id: jobId, state: 'staged' as const };
    await sendAnswer(req, res, accepted(job));
  },
});

async function receive(request: FileRequest, fileName: string | undefined): Promise<ReceivedFile> {
  const { req } = request;
  if (req.is('multipart/form-data') === 'multipart/form-data') return receiveMultipart(request);
  if (typeof req.is([...fileTypes]) !== 'string') {
    const problem = `the Content-Type must be multipart/form-data or one of ${fileTypes.join(', ')}`;
    throw new Failure('requestInvalid', { values: { problem } });
  }
  return receiveRaw(request, sentFileName({ query: fileName, disposition: req.headers['content-disposition'] }));
}

function accepted(job: LedgerJob | z.infer<typeof sealedSchema>): Answer {
  const body = 'fileName' in job ? shownJob(job) : job;
  return jsonAnswer(202, body, { Location: `/v1/jobs/${job.id}` });
}

/** The value, or `null` when it fails with one of the codes. */
async function orNull<Value>(value: Promise<Value>, codes: readonly string[]): Promise<Value | null> {
  try {
    return await value;
  } catch (error) {
    if (isFailure(error) && codes.includes(error.code)) return null;
    throw error;
  }
}
