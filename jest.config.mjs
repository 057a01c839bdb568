import { preset } from './packages/tooling/jest.preset.mjs';

const withDatabase = ['access', 'database', 'directory', 'jobs', 'testing'];

/**
 * Four projects: pure rooms, rooms on a real PostgreSQL, journeys through the built product and faults done to it, and real
 * SFTP clients. The last needs programs that npm does not bring: `npm run interop` runs it, `npm test` the others.
 */
export default {
  // Jest leaves a core free unless told; on two cores that would be half of them.
  maxWorkers: '100%',
  // A start of the product takes seconds on a busy machine, and some stories start it twice.
  testTimeout: 180_000,
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: ['<rootDir>/{packages,test}/*/src/**/*.test.ts'],
      testPathIgnorePatterns: [`/packages/(${withDatabase.join('|')})/`, '/test/(journeys|faults)/', '/test/interop/src/(?!table/)', '/dist/'],
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
      testMatch: ['<rootDir>/test/{journeys,faults}/src/**/*.test.ts'],
    },
    {
      ...preset,
      displayName: 'interop',
      testMatch: ['<rootDir>/test/interop/src/**/*.test.ts'],
      testPathIgnorePatterns: ['/test/interop/src/table/'],
    },
  ],
};
