import { describe, expect, test } from '@jest/globals';
import { failureCatalogue, type FailureCode } from './failure-catalogue.ts';
import { failureKinds } from './failure-entry.ts';
import { Failure, isFailure } from './failure.ts';

const codes = Object.keys(failureCatalogue) as FailureCode[];

describe.each(codes)('%s', (code) => {
  const entry = failureCatalogue[code];

  test('has the form of a code and a known kind', () => {
    expect(code).toMatch(/^[a-z][A-Za-z]+$/);
    expect(failureKinds).toContain(entry.kind);
  });

  test('says whole sentences once its gaps are filled', () => {
    const gaps = [...`${entry.sentence} ${entry.hint}`.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const failure = new Failure(code, { values: Object.fromEntries(gaps.map((name) => [name ?? '', 'word'])) });
    for (const text of [failure.message, failure.hint]) {
      expect(text).not.toMatch(/[{}]/);
      expect(text).toMatch(/^[A-Z]/);
    }
    expect(failure.hint).toMatch(/\.$/);
    expect(failure).toMatchObject({ code, kind: entry.kind, retry: entry.retry });
  });

  test('what may be tried again is busy, away, cut off, over a quota or broken', () => {
    if (entry.retry) expect(['busy', 'unavailable', 'broken', 'invalid', 'too-large']).toContain(entry.kind);
    if (entry.kind === 'busy' || entry.kind === 'unavailable') expect(entry.retry).toBe(true);
  });
});

test('every kind is used', () => {
  expect([...new Set(codes.map((code) => failureCatalogue[code].kind))].sort()).toEqual([...failureKinds].sort());
});

test('values fill the sentence and the hint; the cause is kept', () => {
  const cause = new Error('underneath');
  const failure = new Failure('scopeMissing', { values: { scope: 'reports' }, cause });
  expect(failure.message).toBe('This credential may not do that: it lacks the scope `reports`.');
  expect(failure.hint).toBe('Use a credential with the scope `reports`, or issue one.');
  expect(failure.cause).toBe(cause);
  expect(new Failure('unexpected')).not.toHaveProperty('cause');
});

test('a value is put in as it is, even when it looks like a gap or a pattern', () => {
  const { message } = new Failure('tenantExists', { values: { name: '{name} $&' } });
  expect(message).toBe('A tenant named `{name} $&` exists already.');
});

test.each([
  [new Failure('unexpected'), true],
  [structuredClone({ code: 'x', kind: 'broken', retry: true }), true],
  [new Error('x'), false],
  [Object.assign(new Error('x'), { code: 'ENOENT' }), false],
  [null, false],
  [undefined, false],
  ['unexpected', false],
])('is %s a failure? %s', (thrown, expected) => {
  expect(isFailure(thrown)).toBe(expected);
});
