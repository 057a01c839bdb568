import { Failure, isFailure } from '@rosterport/domain';
import { beginBody, watchPace, type FileRequest, type ReceivedFile } from './received-file.ts';
import { pour } from './pour.ts';

/**
 * Receives a file that is the whole body. Fails with `fileTooLarge`, with `uploadIncomplete` when the sender goes away or
 * is too slow, and like the door; then nothing of the file is left.
 */
export async function receiveRaw(request: FileRequest, fileName: string): Promise<ReceivedFile> {
  const { req, service, arrival } = request;
  beginBody(request, arrival.limitBytes);
  const incoming = await service.context.door.begin(arrival);
  let endWatch = (): void => undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    endWatch = watchPace(request, reject);
  });
  try {
    // The stream must outlive a failure: the answer goes over the same connection.
    const bytes = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const poured = pour(bytes, incoming.upload);
    await Promise.race([poured, tooSlow]);
    if (!req.complete) throw new Failure('uploadIncomplete');
    return { incoming, fileName };
  } catch (error) {
    const failure = isFailure(error) ? error : new Failure('uploadIncomplete', { cause: error });
    await incoming.discard(failure.code === 'uploadIncomplete' ? 'broken' : 'refused');
    throw failure;
  } finally {
    endWatch();
  }
}
