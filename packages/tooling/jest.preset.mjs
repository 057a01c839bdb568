import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** The jest settings that every project shares: TypeScript straight from source, ES modules, no build. */
export const preset = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      resolve('@swc/jest'),
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
