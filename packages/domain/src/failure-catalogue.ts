import { accessFailures } from './failure-catalogue-access.ts';
import { editFailures } from './failure-catalogue-edit.ts';
import type { FailureEntry } from './failure-entry.ts';

const catalogue = {
  ...accessFailures,
  ...editFailures,
  apiTokenValidation: {
    kind: 'unauthenticated',
    sentence: 'The token or key is not valid.',
    hint: 'Check that the whole token was copied, or issue another one with `rosterport token issue`.',
    retry: false,
  },
  scopeMissing: {
    kind: 'refused',
    sentence: 'This credential may not do that: it lacks the scope `{scope}`.',
    hint: 'Use a credential with the scope `{scope}`, or issue one.',
    retry: false,
  },
  notFound: {
    kind: 'missing',
    sentence: 'There is no {what} here by that name.',
    hint: 'Check the name or id; a credential sees only what its scopes allow.',
    retry: false,
  },
  requestInvalid: {
    kind: 'invalid',
    sentence: 'The request cannot be understood: {problem}.',
    hint: 'See the API description at /openapi.json.',
    retry: false,
  },
  fileTooLarge: {
    kind: 'too-large',
    sentence: 'The file is larger than the {limit} bytes that are allowed here.',
    hint: 'Split the file. SFTP and /v1/files take larger files than uploadFile does; an operator can raise both limits.',
    retry: false,
  },
  fileNameInvalid: {
    kind: 'invalid',
    sentence: 'The file name cannot be used: {problem}.',
    hint: 'Use a plain name of at most 255 bytes without slashes and control characters.',
    retry: false,
  },
  uploadIncomplete: {
    kind: 'invalid',
    sentence: 'The upload ended before all of its bytes had arrived.',
    hint: 'Send the file again.',
    retry: true,
  },
  uploadDamaged: {
    kind: 'invalid',
    sentence: 'The file is not the one that was declared: {problem}.',
    hint: 'Send the file again, with the size and SHA-256 that it has.',
    retry: true,
  },
  uploadExists: {
    kind: 'conflict',
    sentence: 'This upload is under way or has been sealed already.',
    hint: 'Nothing needs to be done: it has its job, or gets it when its last byte has arrived.',
    retry: false,
  },
  jobNotHeld: {
    kind: 'conflict',
    sentence: 'There is nothing to decide: the job is {state}.',
    hint: 'Only a held job can be approved; a held job, or one that waits, can be discarded.',
    retry: false,
  },
  planIsAnother: {
    kind: 'conflict',
    sentence: 'The plan of the job is not the one that was seen.',
    hint: 'Look at the changes of the job again, then approve with its present fingerprint.',
    retry: false,
  },
  jobNotApplied: {
    kind: 'conflict',
    sentence: 'There is nothing to undo: the job is {state}.',
    hint: 'Only an applied job can be reverted.',
    retry: false,
  },
  alreadyReverted: {
    kind: 'conflict',
    sentence: 'The job was undone, or is being undone, by the job {job}.',
    hint: 'To bring its changes back, revert that job.',
    retry: false,
  },
  revertExpired: {
    kind: 'conflict',
    sentence: 'The changes of the job can no longer be undone: its journal was kept for a stated time, which is over.',
    hint: 'Send a file with the values as they should be. An operator can have journals kept for longer.',
    retry: false,
  },
  tooManyRequests: {
    kind: 'busy',
    sentence: 'Too many requests from this address.',
    hint: 'Wait a minute, then try again more slowly.',
    retry: true,
  },
  settingsInvalid: {
    kind: 'invalid',
    sentence: 'The settings cannot be used:\n{problems}',
    hint: 'Mend each line; deploy/settings.example.env shows every setting.',
    retry: false,
  },
  portTaken: {
    kind: 'conflict',
    sentence: 'Port {port} for {door} is taken by another program.',
    hint: 'Stop that program, or choose another port with {setting}.',
    retry: false,
  },
  portRefused: {
    kind: 'refused',
    sentence: 'Port {port} for {door} may not be opened by this user.',
    hint: 'Choose a port above 1023 with {setting}, or give the process the right to bind it.',
    retry: false,
  },
  hostKeyInvalid: {
    kind: 'invalid',
    sentence: 'The SSH host key in {file} cannot be used.',
    hint: 'Put the key back from a backup, or remove the file: another key is made, and senders will be asked to trust it.',
    retry: false,
  },
  certificateInvalid: {
    kind: 'invalid',
    sentence: 'The HTTPS certificate in {folder} cannot be used: {problem}.',
    hint: 'Put the key `https.key` and the certificate `https.crt` that belong together there (PEM), or remove both to have a pair made.',
    retry: false,
  },
  dataFolderUnusable: {
    kind: 'refused',
    sentence: 'The data folder {folder} cannot be written.',
    hint: 'Give this user the right to write there, or choose another folder with ROSTERPORT_DATA_DIR.',
    retry: false,
  },
  dataFolderInUse: {
    kind: 'conflict',
    sentence: 'Another Rosterport (process {pid}) runs on the data folder {folder}.',
    hint: 'Stop it first, or choose another folder with ROSTERPORT_DATA_DIR.',
    retry: false,
  },
  databaseUnavailable: {
    kind: 'unavailable',
    sentence: 'The database cannot be reached.',
    hint: 'Check that PostgreSQL runs and that DATABASE_URL is right; accepted files are kept and processed later.',
    retry: true,
  },
  databaseTooOld: {
    kind: 'invalid',
    sentence: 'The database is PostgreSQL {version}; version 14 or newer is needed.',
    hint: 'Upgrade PostgreSQL, or leave DATABASE_URL empty to use the embedded one.',
    retry: false,
  },
  databaseBroken: {
    kind: 'broken',
    sentence: 'The embedded PostgreSQL did not start: {problem}.',
    hint: 'Read postgres.log in the data folder.',
    retry: false,
  },
  platformUnsupported: {
    kind: 'invalid',
    sentence: 'There is no embedded PostgreSQL for {platform}.',
    hint: 'Set DATABASE_URL to a PostgreSQL of version 14 or newer.',
    retry: false,
  },
  databaseMissing: {
    kind: 'missing',
    sentence: 'There is no database in the data folder {folder}.',
    hint: 'Name the data folder with ROSTERPORT_DATA_DIR, set DATABASE_URL, or run `rosterport start` once.',
    retry: false,
  },
  databaseNotMigrated: {
    kind: 'invalid',
    sentence: 'The database lacks tables that this version of Rosterport needs.',
    hint: 'Run `rosterport migrate` first.',
    retry: false,
  },
  commandInvalid: {
    kind: 'invalid',
    sentence: 'The command cannot be understood: {problem}.',
    hint: 'Add --help to the command to see how it is used.',
    retry: false,
  },
  localFileMissing: {
    kind: 'missing',
    sentence: 'There is no file {path}.',
    hint: 'Check the path; a relative one starts at the working folder.',
    retry: false,
  },
  localFileUnusable: {
    kind: 'refused',
    sentence: 'The file {path} cannot be used: {problem}.',
    hint: 'Name a plain file that this user may read, or write where one is made.',
    retry: false,
  },
  tokenNotGiven: {
    kind: 'unauthenticated',
    sentence: 'No token is given for {url}.',
    hint: 'Give one with --token or in ROSTERPORT_TOKEN; `rosterport token issue` makes one.',
    retry: false,
  },
  serverUnreachable: {
    kind: 'unavailable',
    sentence: 'The server {url} cannot be reached: {problem}.',
    hint: 'Check that Rosterport runs there and that the address is right, then try again.',
    retry: true,
  },
  serverStrange: {
    kind: 'broken',
    sentence: 'The server {url} answers, but not as a Rosterport of this version does: {problem}.',
    hint: 'Check the address, and that no proxy answers in place of Rosterport.',
    retry: false,
  },
  certificateUntrusted: {
    kind: 'refused',
    sentence: 'The certificate of {url} is not trusted: {problem}.',
    hint: 'Name the certificate of the server or its authority with --ca, or pass --insecure where nobody can listen in.',
    retry: false,
  },
  storageFull: {
    kind: 'unavailable',
    sentence: 'There is no space left to keep the file.',
    hint: 'Free some space in the data folder, then send the file again.',
    retry: true,
  },
  stagingMissing: {
    kind: 'missing',
    sentence: 'There is no staging area in {folder}.',
    hint: 'Run it where the received files lie: name the data folder of the server with ROSTERPORT_DATA_DIR.',
    retry: false,
  },
  retentionRuns: {
    kind: 'conflict',
    sentence: 'Another process is removing what was kept long enough.',
    hint: 'Nothing needs to be done; try again later to see what is left.',
    retry: false,
  },
  stagedFileMissing: {
    kind: 'broken',
    sentence: 'The sealed file of the job {job} is gone.',
    hint: 'Send the file again; check whether something else cleans the data folder.',
    retry: false,
  },
  stagedFileDamaged: {
    kind: 'broken',
    sentence: 'The sealed file of the job {job} is not the one that was received.',
    hint: 'Send the file again; check the disk.',
    retry: false,
  },
  processorLost: {
    kind: 'broken',
    sentence: 'The processor ended each time it worked on this file.',
    hint: 'Look in the log for why the process ended, such as too little memory; then send the file again.',
    retry: false,
  },
  stopping: {
    kind: 'unavailable',
    sentence: 'The server is stopping.',
    hint: 'Try again in a minute.',
    retry: true,
  },
  unexpected: {
    kind: 'broken',
    sentence: 'Something broke on our side.',
    hint: 'Try again; if it happens again, tell the operator the time and the request id.',
    retry: true,
  },
} as const satisfies Record<string, FailureEntry>;

/** The stable name of a failure. */
export type FailureCode = keyof typeof catalogue;

/** Every failure with its kind, its sentence and how to mend it. */
export const failureCatalogue: Readonly<Record<FailureCode, FailureEntry>> = catalogue;
