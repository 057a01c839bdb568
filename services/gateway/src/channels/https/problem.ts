import { databaseFailure } from '@rosterport/database';
import { Failure, isFailure, type FailureKind } from '@rosterport/domain';
import type { Answer } from './answer.ts';

/** The HTTP status (RFC 9110, section 15) of each kind of failure. */
export const statusOf: Readonly<Record<FailureKind, number>> = {
  refused: 403,
  unauthenticated: 401,
  invalid: 400,
  missing: 404,
  conflict: 409,
  'too-large': 413,
  busy: 429,
  unavailable: 503,
  broken: 500,
};

const headersOf: Partial<Readonly<Record<FailureKind, Readonly<Record<string, string>>>>> = {
  unauthenticated: { 'WWW-Authenticate': 'Bearer realm="rosterport"' },
  busy: { 'Retry-After': '60' },
  unavailable: { 'Retry-After': '30' },
};

/** The failure that any thrown value stands for; `unexpected`, with the value as its cause, for what nobody foresaw. */
export function failureOf(error: unknown): Failure {
  if (isFailure(error)) return error;
  const unavailable = databaseFailure(error);
  if (unavailable !== null) return unavailable;
  // Express and its router refuse what they cannot decode with an error that bears a status.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new Failure('requestInvalid', { values: { problem: 'its address or head is malformed' }, cause: error });
  }
  return new Failure('unexpected', { cause: error });
}

/** The answer to a failure: a problem document (RFC 9457) with our code, the hint and the request's id. */
export function problemAnswer(failure: Failure, about: { readonly requestId: string; readonly status?: number }): Answer {
  const status = about.status ?? statusOf[failure.kind];
  const problem = {
    type: `/docs/failures#${failure.code}`,
    title: titles[failure.kind],
    status,
    detail: failure.message,
    code: failure.code,
    hint: failure.hint,
    requestId: about.requestId,
    ...(failure.problems.length === 0 ? {} : { errors: failure.problems.map(({ field, problem: detail }) => ({ field, detail })) }),
  };
  return {
    status,
    headers: headersOf[failure.kind] ?? {},
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify(problem),
  };
}

const titles: Readonly<Record<FailureKind, string>> = {
  refused: 'Not allowed',
  unauthenticated: 'Not authenticated',
  invalid: 'Request not valid',
  missing: 'Not found',
  conflict: 'Conflict',
  'too-large': 'Too large',
  busy: 'Too many requests',
  unavailable: 'Not available',
  broken: 'Broken on our side',
};
