import { describe, expect, test } from '@jest/globals';
import { failureKinds, jobStates, noCounts, type FailureKind, type JobState } from '@rosterport/domain';
import { exitCodeMeanings, exitCodeOf, exitCodeOfJob, exitCodes } from './exit-code.ts';

const ofKind: Readonly<Record<FailureKind, number>> = {
  refused: 3,
  unauthenticated: 3,
  invalid: 2,
  missing: 4,
  conflict: 6,
  'too-large': 2,
  busy: 5,
  unavailable: 5,
  broken: 70,
};

test.each(failureKinds)('the kind %s has its exit code', (kind) => {
  expect(exitCodeOf(kind)).toBe(ofKind[kind]);
});

test('each exit code has one meaning and is told', () => {
  expect(new Set(Object.values(exitCodes)).size).toBe(Object.keys(exitCodes).length);
  expect(Object.keys(exitCodeMeanings)).toEqual(Object.keys(exitCodes));
});

const ofState: Readonly<Record<JobState, number>> = {
  staged: 1,
  waiting: 1,
  processing: 1,
  held: 1,
  applied: 0,
  previewed: 0,
  rejected: 1,
  discarded: 1,
  superseded: 1,
  failed: 70,
};

describe.each(jobStates)('a job that is %s', (state) => {
  test('has its exit code', () => {
    expect(exitCodeOfJob({ state, counts: noCounts })).toBe(ofState[state]);
  });

  test('is faulty when a row was rejected', () => {
    const code = exitCodeOfJob({ state, counts: { ...noCounts, created: 5, rejected: 1 } });
    expect(code).toBe(state === 'failed' ? 70 : 1);
  });
});
