import fc from 'fast-check';

/** So many random cases a property: each costs a second or so, and other seeds come with every run of the tests. */
const cases = 10;

/** Holds a property against random cases; a failure tells the seed and the smallest case that was found in time. */
export async function checkProperty<Case>(arbitrary: fc.Arbitrary<Case>, property: (one: Case) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, property), { numRuns: cases, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: false });
}
