import { Failure, type FailureKind } from '@rosterport/domain';

/** A failure that the server told us about, in its words. Passes for a failure wherever one is looked at. */
export class RemoteFailure extends Error {
  readonly code: string;
  readonly kind: FailureKind;
  readonly hint: string;
  readonly retry: boolean;

  constructor(problem: { readonly code: string; readonly detail: string; readonly hint: string; readonly status: number }) {
    super(problem.detail);
    this.name = 'RemoteFailure';
    this.code = problem.code;
    this.kind = kindOf(problem.status);
    this.hint = problem.hint;
    this.retry = this.kind === 'busy' || this.kind === 'unavailable';
  }
}

/** What an answer other than a success means: the problem document (RFC 9457) in it, or that no Rosterport gave it. */
export function answerFailure(answer: { readonly status: number; readonly body: string }, url: string): Error {
  const problem = readProblem(answer.body);
  if (problem !== null) return new RemoteFailure({ ...problem, status: answer.status });
  const values = { url, problem: `it answers with status ${answer.status}` };
  return new Failure(kindOf(answer.status) === 'unavailable' ? 'serverUnreachable' : 'serverStrange', { values });
}

function readProblem(body: string): { readonly code: string; readonly detail: string; readonly hint: string } | null {
  try {
    const { code, detail, hint } = (JSON.parse(body) ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof code !== 'string' || typeof detail !== 'string') return null;
    return { code, detail, hint: typeof hint === 'string' ? hint : '' };
  } catch {
    return null;
  }
}

function kindOf(status: number): FailureKind {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'refused';
    case 404:
      return 'missing';
    case 409:
      return 'conflict';
    case 413:
      return 'too-large';
    case 429:
      return 'busy';
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return status >= 500 ? 'broken' : 'invalid';
  }
}
