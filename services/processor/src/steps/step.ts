/** The steps of a job in their order. */
export const stepNames = ['detect', 'parse', 'validate', 'plan', 'judge', 'apply', 'report'] as const;

/** One step of a job. */
export type StepName = (typeof stepNames)[number];
