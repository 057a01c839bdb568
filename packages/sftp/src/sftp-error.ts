/** The status codes of SFTP version 3 (draft-ietf-secsh-filexfer-02 section 7), by name. */
export const statusCodes = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  noConnection: 6,
  connectionLost: 7,
  opUnsupported: 8,
} as const;

/** The name of a status code. */
export type SftpStatus = keyof typeof statusCodes;

/** What is said with a status when nothing better is known. */
export const statusMessages: Readonly<Record<SftpStatus, string>> = {
  ok: 'Done.',
  eof: 'End of file.',
  noSuchFile: 'There is no such file.',
  permissionDenied: 'This is not allowed here.',
  failure: 'The server could not do this.',
  badMessage: 'The request is not understood.',
  noConnection: 'There is no connection.',
  connectionLost: 'The connection was lost.',
  opUnsupported: 'This server does not support the request.',
};

/**
 * A refusal that the client may hear: its status and its message are sent as they are, so the message must be fit for
 * the sender of the request.
 */
export class SftpError extends Error {
  readonly status: Exclude<SftpStatus, 'ok'>;

  constructor(status: Exclude<SftpStatus, 'ok'>, message: string = statusMessages[status], options?: ErrorOptions) {
    super(message, options);
    this.name = 'SftpError';
    this.status = status;
  }
}
