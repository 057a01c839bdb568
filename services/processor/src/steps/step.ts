/** The steps of a job in their order. */
export const stepNames = ['detect', 'parse', 'validate', 'plan', 'apply', 'report'] as const;

/** One step of a job. */
export type StepName = (typeof stepNames)[number];
