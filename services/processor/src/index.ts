/**
 * Walks jobs through their steps: detect, parse, validate, plan, apply, report. Wake-ups come in, ended jobs go out. It opens
 * no port, and what it must remember lies in the database and the staging area.
 */
export { processTenant } from './process-tenant.ts';
export { openProcessor, type Processor, type ProcessorOptions } from './processor.ts';
export type { ProcessorContext } from './processor-context.ts';
export { removeOld, type Lifetimes, type Removed } from './retention.ts';
export { openScratch } from './scratch-folder.ts';
export { searchFile, type FileSearch } from './search-file.ts';
export { sourceRows } from './source-rows.ts';
export { stepNames, type StepName } from './steps/index.ts';
