import { Failure, isFailure } from '@rosterport/domain';

const untrusted: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the server made it itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody known vouches for it',
  UNABLE_TO_GET_ISSUER_CERT: 'nobody known vouches for it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'nobody known vouches for it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody known vouches for it',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it belongs to another name',
};

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke',
  ECONNABORTED: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
};

/** What an error of the connection means; a failure stays as it is. */
export function connectionFailure(error: unknown, url: string): Error {
  if (isFailure(error)) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const doubt = untrusted[code];
  if (doubt !== undefined) return new Failure('certificateUntrusted', { values: { url, problem: doubt }, cause: error });
  const absence = unreachable[code];
  if (absence !== undefined) return new Failure('serverUnreachable', { values: { url, problem: absence }, cause: error });
  const problem = code.startsWith('EPROTO') || code.startsWith('ERR_SSL') ? 'it does not speak TLS' : `the connection says ${code === '' ? 'no reason' : code}`;
  return new Failure('serverStrange', { values: { url, problem }, cause: error });
}
