import { answersOnHandles } from './answers-on-handles.ts';
import { answersOnPaths } from './answers-on-paths.ts';
import { answersToExtensions } from './answers-to-extensions.ts';
import type { Answers, Desk } from './answers.ts';
import type { MetadataRequest } from './request.ts';
import { SftpError } from './sftp-error.ts';

const answers: Answers<MetadataRequest['kind']> = {
  ...answersOnPaths,
  ...answersOnHandles,
  ...answersToExtensions,
  refused: (_desk, request) => Promise.reject(new SftpError(request.status, request.message)),
};

/** Does what a request asks and gives the reply; rejects with what went wrong, or throws it when the owner throws at once. */
export function answerMetadata(desk: Desk, request: MetadataRequest): Promise<Buffer> {
  // The table is exact for each kind; TypeScript cannot follow the kind from the request into the table.
  const answer = answers[request.kind] as (desk: Desk, request: MetadataRequest) => Promise<Buffer>;
  return answer(desk, request);
}
