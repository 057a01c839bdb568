import type { Desk } from './answers.ts';
import { encodeData, encodeStatus } from './encode-reply.ts';
import type { OpenFile } from './handle-table.ts';
import { maxDataBytes } from './packet-types.ts';
import type { TransferRequest } from './request.ts';
import { SftpError } from './sftp-error.ts';

type Read = Extract<TransferRequest, { kind: 'read' }>;
type Write = Extract<TransferRequest, { kind: 'write' }>;

const overheadBytes = 1024;

/** What a transfer holds in memory until it is answered, in bytes; never 0, so that empty ones are bounded too. */
export function transferCost(request: TransferRequest): number {
  return overheadBytes + (request.kind === 'read' ? Math.min(request.length, maxDataBytes) : request.bytes.length);
}

/** Does a READ or WRITE and gives the reply; rejects with what went wrong. The owner is called before this returns. */
export function answerTransfer(desk: Desk, request: TransferRequest): Promise<Buffer> {
  return request.kind === 'read' ? read(desk, request) : write(desk, request);
}

async function read(desk: Desk, request: Read): Promise<Buffer> {
  const opened = desk.handles.file(request.handle);
  if (!opened.flags.read) throw new SftpError('permissionDenied', 'The file is not open for reading.');
  const length = Math.min(request.length, maxDataBytes);
  const bytes = await opened.file.read(request.position, length);
  if (bytes === null || (bytes.length === 0 && length > 0)) throw new SftpError('eof');
  return encodeData(request.id, bytes.subarray(0, length));
}

async function write(desk: Desk, request: Write): Promise<Buffer> {
  const opened = desk.handles.file(request.handle);
  if (!opened.flags.write) throw new SftpError('permissionDenied', 'The file is not open for writing.');
  if (opened.writeError !== undefined) throw opened.writeError;
  const bytes = unshared(request.bytes);
  try {
    await (opened.flags.append ? append(opened, bytes) : opened.file.write(request.position, bytes));
  } catch (error) {
    // Only the first failure is a fault to report; what follows from it is a plain refusal.
    opened.writeError ??= error instanceof SftpError ? error : new SftpError('failure', undefined, { cause: error });
    throw error;
  }
  return encodeStatus(request.id, 'ok');
}

function append(opened: OpenFile, bytes: Buffer): Promise<void> {
  const next = opened.appended.then(() => {
    if (opened.writeError !== undefined) throw opened.writeError;
    return opened.file.write(null, bytes);
  });
  opened.appended = next.catch(() => undefined);
  return next;
}

/** A small view of a large chunk is copied: while the WRITE waits, it would keep all of the chunk in memory. */
function unshared(bytes: Buffer): Buffer {
  return bytes.length * 4 < bytes.buffer.byteLength ? Buffer.from(bytes) : bytes;
}
