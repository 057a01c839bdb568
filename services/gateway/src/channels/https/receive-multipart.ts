import { Failure, isFailure } from '@rosterport/domain';
import type { Request } from 'express';
import multer from 'multer';
import { multipartStorage } from './multipart-storage.ts';
import { beginBody, tooLarge, watchPace, type FileRequest, type ReceivedFile } from './received-file.ts';

/** What the boundaries, the heads of the parts and the fields beside the file may take, in bytes. */
const besideTheFile = 64 * 1024;

/** Every limit is set: those that are left out are endless. */
const limits = {
  files: 1,
  fields: 10,
  parts: 11,
  fieldNameSize: 100,
  fieldSize: 4 * 1024,
  fieldNestingDepth: 0,
  fieldArrayIndexLimit: 0,
  headerPairs: 20,
} as const;

const sentences: Readonly<Record<string, string>> = {
  LIMIT_FILE_COUNT: 'it holds more than one file',
  LIMIT_UNEXPECTED_FILE: 'it must hold one file, in a part named `file`',
  LIMIT_PART_COUNT: 'it has too many parts',
  LIMIT_FIELD_COUNT: 'it has too many parts',
  LIMIT_FIELD_KEY: 'the name of a part is too long',
  LIMIT_FIELD_VALUE: 'a part beside the file is too long',
  LIMIT_FIELD_NESTING: 'the name of a part has brackets',
  LIMIT_FIELD_ARRAY_INDEX: 'the name of a part has brackets',
  INVALID_FIELD_NAME: 'the name of a part is not valid',
  MISSING_FIELD_NAME: 'a part has no name',
};

/**
 * Receives the part `file` of a multipart body (RFC 7578). Fails with `requestInvalid` when the body is something else or
 * holds no file or several, with `fileTooLarge`, with `uploadIncomplete` when the sender goes away or is too slow, and like
 * the door; then nothing of the file is left, or it is in hand to be removed.
 */
export async function receiveMultipart(request: FileRequest): Promise<ReceivedFile> {
  const { req, arrival } = request;
  if (req.is('multipart/form-data') === false || req.is('multipart/form-data') === null) {
    throw invalid('the body must be multipart/form-data with a part named `file`');
  }
  const mostBytes = arrival.limitBytes + besideTheFile;
  beginBody(request, mostBytes);
  let endWatch = (): void => undefined;
  try {
    return await new Promise<ReceivedFile>((resolve, refuse) => {
      let over = false;
      const reject = (failure: Failure): void => {
        over = true;
        refuse(failure);
      };
      endWatch = watchPace(request, reject);
      countBytes(req, mostBytes, () => reject(tooLarge(arrival)));
      parse(request, { resolve, reject, isOver: () => over });
    });
  } finally {
    endWatch();
  }
}

interface Waiting {
  readonly resolve: (file: ReceivedFile) => void;
  readonly reject: (failure: Failure) => void;
  /** True once `reject` was called. */
  readonly isOver: () => boolean;
}

/** Hands the request to multer. What `isOver` says at the end decides whether anybody still waits for the file. */
function parse(request: FileRequest, { resolve, reject, isOver }: Waiting): void {
  const { req, res, arrival, service } = request;
  const keepInHand = (work: Promise<void>): void => {
    service.inHand.add(work);
    void work.finally(() => service.inHand.delete(work));
  };
  const storage = multipartStorage({ door: service.context.door, arrival, onFailure: reject, keepInHand });
  const take = multer({
    storage: storage.engine,
    limits: { ...limits, fileSize: arrival.limitBytes },
    defParamCharset: 'utf8',
  }).single('file');
  take(req, res, (error: unknown) => {
    const incoming = storage.received();
    if (error !== undefined && error !== null) reject(failureOfBody(error, request));
    else if (incoming !== undefined && isOver()) keepInHand(incoming.discard('broken').catch(() => undefined));
    else if (incoming === undefined) reject(invalid('it must hold one file, in a part named `file`'));
    else resolve({ incoming, fileName: req.file?.originalname ?? '' });
  });
}

/** Multer goes on reading after a limit, so the body as a whole has one too. */
function countBytes(req: Request, most: number, onMore: () => void): void {
  let bytes = 0;
  req.on('data', (piece: Uint8Array) => {
    bytes += piece.length;
    if (bytes > most) onMore();
  });
}

function failureOfBody(error: unknown, { req, arrival }: FileRequest): Failure {
  if (isFailure(error)) return error;
  if (!req.complete) return new Failure('uploadIncomplete', { cause: error });
  const code = error instanceof multer.MulterError ? error.code : '';
  if (code === 'LIMIT_FILE_SIZE') return tooLarge(arrival);
  return invalid(sentences[code] ?? 'the multipart body is broken or ends too early');
}

function invalid(problem: string): Failure {
  return new Failure('requestInvalid', { values: { problem } });
}
