/**
 * Everything in one process, for programs that run the product from their own code. Settings come in, a running product
 * goes out. The command line is `main.ts`, which alone reads the environment.
 */
export { settingFields, settingsFrom, type Settings } from './settings.ts';
export { runStart, type RunOptions } from './start/run-start.ts';
export type { StepOfFile } from './start/start-all.ts';
