import { preset } from './packages/tooling/jest.preset.mjs';

const withDatabase = ['access', 'database', 'directory', 'jobs', 'testing'];

/** Three projects: pure rooms, rooms on a real PostgreSQL, and journeys through the built product. */
export default {
  // Jest leaves a core free unless told; on two cores that would be half of them.
  maxWorkers: '100%',
  // A start of the product takes seconds on a busy machine, and some stories start it twice.
  testTimeout: 60_000,
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: ['<rootDir>/{packages,test}/*/src/**/*.test.ts'],
      testPathIgnorePatterns: [`/packages/(${withDatabase.join('|')})/`, '/test/journeys/', '/dist/'],
    },
    {
      ...preset,
      displayName: 'store',
      globalSetup: '<rootDir>/packages/testing/src/global-setup.ts',
      globalTeardown: '<rootDir>/packages/testing/src/global-teardown.ts',
      testMatch: [
        `<rootDir>/packages/{${withDatabase.join(',')}}/src/**/*.test.ts`,
        '<rootDir>/services/*/src/**/*.test.ts',
      ],
    },
    {
      ...preset,
      displayName: 'journey',
      testMatch: ['<rootDir>/test/journeys/src/**/*.test.ts'],
    },
  ],
};
