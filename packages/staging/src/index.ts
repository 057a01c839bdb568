/**
 * STAGE: bytes stream in and become a sealed file with its envelope, or nothing. It places sealed files, reports what
 * lies in its inbox (watching as a hint, sweeping as the truth), and takes files from drop folders. It never looks into a
 * file, and knows neither the database nor who may send.
 */
export * from './disk.ts';
export * from './drop-arrival.ts';
export * from './file-name.ts';
export { oldFilesIn } from './old-files.ts';
export * from './open-staging.ts';
export type { PartialDetails, PartialNote } from './partial-note.ts';
export * from './sealed-file.ts';
export * from './staging.ts';
export type { Declared, SealDetails, SealedBytes, Upload } from './upload.ts';
export * from './watch-drop-folder.ts';
