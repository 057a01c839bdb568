import { Failure, isFailure } from '@rosterport/domain';
import type { StorageEngine } from 'multer';
import type { Readable } from 'node:stream';
import type { Arrival, Door, Incoming } from '../../receive.ts';
import { pour } from './pour.ts';
import { tooLarge } from './received-file.ts';

/** Where the file part of one request goes. */
export interface MultipartStorage {
  /** What multer hands the part to; it may be used for one request only. */
  readonly engine: StorageEngine;
  /** The upload, once its last byte has arrived; it is not sealed. */
  readonly received: () => Incoming | undefined;
}

/** What the storage of a request needs. */
interface StorageOptions {
  readonly door: Door;
  readonly arrival: Arrival;
  /** Called at once when the file cannot be kept; multer itself would read the whole body first. */
  readonly onFailure: (failure: Failure) => void;
  /**
   * Takes what goes on after the request may have been answered: the sender that is too slow hears of it before its part has
   * come to an end. It never rejects.
   */
  readonly keepInHand: (work: Promise<void>) => void;
}

/** A storage engine that streams the file part through the door. The part is discarded unless multer is content. */
export function multipartStorage({ door, arrival, onFailure, keepInHand }: StorageOptions): MultipartStorage {
  let received: Incoming | undefined;
  const receive = async (stream: Readable): Promise<void> => {
    const incoming = await door.begin(arrival);
    try {
      await pour(stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>, incoming.upload);
      if ((stream as Readable & { readonly truncated?: boolean }).truncated === true) throw tooLarge(arrival);
      received = incoming;
    } catch (error) {
      const failure = isFailure(error) ? error : new Failure('uploadIncomplete', { cause: error });
      await incoming.discard(failure.code === 'uploadIncomplete' ? 'broken' : 'refused');
      throw failure;
    }
  };
  const engine: StorageEngine = {
    _handleFile(_req, file, done) {
      const { stream } = file;
      const ended = receive(stream).then(
        () => done(null, {}),
        (error: unknown) => {
          onFailure(error as Failure);
          // What is left of the part must be read, or multer never comes to its end.
          stream.resume();
          done(error);
        },
      );
      keepInHand(ended);
    },
    _removeFile(_req, _file, done) {
      const gone = received?.discard('broken') ?? Promise.resolve();
      received = undefined;
      gone.then(() => done(null), done);
    },
  };
  return { engine, received: () => received };
}
