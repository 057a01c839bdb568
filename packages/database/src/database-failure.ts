import { Failure, isFailure } from '@rosterport/domain';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ERR_INVALID_URL',
]);

/** SQLSTATEs (PostgreSQL, appendix A): connection exceptions, refused logins, no such database, too many, shutting down. */
const sqlStates = /^(08...|28...|3D000|53300|57P0[1-5])$/;

/** pg says these without any code; knex puts the statement and ` - ` before them. */
const sentences = /(?:^| - )(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded when trying to connect|timeout expired|The server does not support SSL|Cannot use a pool after)[^\n]*$/;

/**
 * The failure `databaseUnavailable` for an error that means that the database cannot be talked to (network, login, limits,
 * shutdown), also when it lies in the causes of another error; null for every other error. A `Failure` of that code is
 * returned as it is.
 */
export function databaseFailure(error: unknown): Failure | null {
  if (isFailure(error)) {
    return error.code === 'databaseUnavailable' ? error : null;
  }
  return isConnectionError(error) ? new Failure('databaseUnavailable', { cause: error }) : null;
}

function isConnectionError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) {
    return false;
  }
  const { code, message, cause } = error as { code?: unknown; message?: unknown; cause?: unknown };
  return (
    (typeof code === 'string' && (networkCodes.has(code) || sqlStates.test(code))) ||
    (typeof message === 'string' && sentences.test(message)) ||
    isConnectionError(cause)
  );
}
