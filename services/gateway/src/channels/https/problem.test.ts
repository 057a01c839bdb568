import { describe, expect, test } from '@jest/globals';
import { Failure, failureCatalogue, failureKinds, type FailureCode, type FailureKind } from '@rosterport/domain';
import { failureOf, problemAnswer, statusOf } from './problem.ts';
import { problemSchema } from './schemas.ts';

const requestId = '11111111-1111-4111-8111-111111111111';

/** RFC 9110, section 15, and RFC 6585 for 429. */
const expected: Readonly<Record<FailureKind, number>> = {
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

describe('a failure', () => {
  test.each(failureKinds)('of the kind %s has its status', (kind) => {
    expect(statusOf[kind]).toBe(expected[kind]);
  });

  test.each(Object.keys(failureCatalogue) as FailureCode[])('with the code %s is a whole problem', (code) => {
    const failure = new Failure(code);
    const answer = problemAnswer(failure, { requestId });
    expect(answer.type).toBe('application/problem+json; charset=utf-8');
    expect(answer.status).toBe(expected[failure.kind]);
    expect(problemSchema.parse(JSON.parse(answer.body ?? ''))).toEqual({
      type: `/docs/failures#${code}`,
      title: expect.stringMatching(/^[A-Z]/),
      status: expected[failure.kind],
      detail: failure.message,
      code,
      hint: failure.hint,
      requestId,
    });
  });

  test.each([
    ['apiTokenValidation', { 'WWW-Authenticate': 'Bearer realm="rosterport"' }],
    ['tooManyRequests', { 'Retry-After': '60' }],
    ['databaseUnavailable', { 'Retry-After': '30' }],
    ['notFound', {}],
  ] as const)('with the code %s bears its headers', (code, headers) => {
    expect(problemAnswer(new Failure(code), { requestId }).headers).toEqual(headers);
  });
});

describe('what is thrown', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const duplicate = Object.assign(new Error('duplicate key (email)=(ada@example.com)'), { code: '23505' });
  test.each([
    ['a failure', new Failure('notFound'), 'notFound'],
    ['a database that is away', refused, 'databaseUnavailable'],
    ['an address that cannot be decoded', Object.assign(new URIError('%'), { status: 400 }), 'requestInvalid'],
    ['an error of the database', duplicate, 'unexpected'],
    ['an error with a status of 500', Object.assign(new Error('x'), { status: 500 }), 'unexpected'],
    ['a text', 'oh', 'unexpected'],
    ['nothing', undefined, 'unexpected'],
  ])('as %s becomes a failure', (_, error, code) => {
    const failure = failureOf(error);
    expect(failure.code).toBe(code);
    expect(problemAnswer(failure, { requestId }).body).not.toContain('ada@example.com');
  });
});
