import { preset } from './packages/tooling/eslint.preset.mjs';

export default preset;
