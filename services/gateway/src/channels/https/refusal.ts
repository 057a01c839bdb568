import { Failure, type FailureCode, type FieldProblem } from '@rosterport/domain';

/** How many things are told at most: nobody reads more at once, and a body can hold very many. */
export const mostTold = 50;

/** A failure that tells everything that is wrong with a request, each thing by its field. */
export function refusal(code: FailureCode, problems: readonly FieldProblem[]): Failure {
  const rest = problems.length - mostTold;
  const told = rest > 0 ? [...problems.slice(0, mostTold), { field: '', problem: `${rest} more` }] : problems;
  return new Failure(code, { values: { problem: told.map(({ problem }) => problem).join('; ') }, problems: told });
}
