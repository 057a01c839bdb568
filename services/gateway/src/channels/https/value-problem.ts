import { issueCatalogue, type FieldProblem, type Issue, type IssueCode } from '@rosterport/domain';

/** A finding about a value that was sent, by the field of the request; what was sent is not repeated. */
export function valueProblem({ code, expected }: Issue, field: string): FieldProblem {
  const sentence = issueCatalogue[code].sentence
    .replace(/: \{found\}| \(\{found\}\)/g, '')
    .replace(expected === null ? /(?:: | \()\{expected\}\)?/g : /$^/g, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => (name === 'column' ? `\`${field}\`` : name === 'expected' ? String(expected) : 'what was sent'));
  return { field, problem: withCode(sentence.replace(/\.$/, ''), code) };
}

/** Texts of nothing but spaces are no values, and do not empty one either. */
export function blankProblem(field: string): FieldProblem {
  return { field, problem: `\`${field}\` is empty; null empties a value` };
}

/** What a person lacks as a whole. */
export function unreachableProblem(): FieldProblem {
  return { field: 'email', problem: withCode('`email` or `phone` is needed', 'validateEmailOrPhoneNumber') };
}

/** A required attribute of which nothing was sent. */
export function requiredProblem(name: string): FieldProblem {
  const field = `attributes.${name}`;
  return { field, problem: withCode(`\`${field}\` is missing; everybody who is active must have a value`, 'validateExternalProperties') };
}

function withCode(sentence: string, code: IssueCode): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)} (${code})`;
}
