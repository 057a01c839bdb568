import type { Lifetimes } from '@rosterport/processor';
import {
  bytes,
  choice,
  count,
  duration,
  logLevels,
  optional,
  path,
  port,
  readSettings,
  secret,
  text,
  url,
  Secret,
  type Environment,
  type LogLevel,
  type Setting,
  type SettingFields,
} from '@rosterport/runtime';
import { doorSettingFields, type DoorSettings } from './door-settings.ts';

/** What an operator can choose, read once from the environment. */
export interface Settings extends DoorSettings {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** 0 lets the system choose a free port. */
  readonly sftpPort: number;
  /** 0 lets the system choose a free port. */
  readonly httpsPort: number;
  /** The address that both doors listen on; `null` for all addresses of the machine. */
  readonly host: string | null;
  readonly sftpPostQuantum: OnOff;
  readonly sftpNistCurves: OnOff;
  /** `null` for the embedded PostgreSQL. */
  readonly databaseUrl: Secret | null;
  readonly logLevel: LogLevel;
  /** Bytes. */
  readonly uploadFileLimit: number;
  /** Bytes. */
  readonly fileLimit: number;
  /** Tenants that are processed at once; one more where there are small files. */
  readonly concurrency: number;
  /** Milliseconds. */
  readonly dropSettle: number;
  /** Milliseconds. */
  readonly keepFiles: number;
  /** Milliseconds. */
  readonly keepRowResults: number;
  /** Milliseconds. */
  readonly keepJournal: number;
  /** Milliseconds. */
  readonly keepEvents: number;
  /** Milliseconds. */
  readonly keepPartials: number;
  /** What `send`, `jobs` and `report` prove themselves with where the command does not say. */
  readonly token: Secret | null;
}

/** A thing that is there, or not. */
export type OnOff = 'on' | 'off';

const onOff: readonly OnOff[] = ['on', 'off'];

/** Bounds of a time for which something is kept: up to a hundred years, which no calendar of ours leaves. */
const keeping = { minimum: 1_000, maximum: 36_525 * 86_400_000 } as const;

/** The settings in the order in which they are shown. */
export const settingFields: SettingFields<Settings> = {
  dataDir: path({
    name: 'ROSTERPORT_DATA_DIR',
    doc: 'Folder that holds received files, keys, certificates and the embedded PostgreSQL. Made when it is missing.',
    default: './data',
  }),
  sftpPort: port({
    name: 'ROSTERPORT_SFTP_PORT',
    doc: 'Port of the SFTP door; 0 takes any free port.',
    default: '2222',
  }),
  httpsPort: port({
    name: 'ROSTERPORT_HTTPS_PORT',
    doc: 'Port of the HTTPS door; 0 takes any free port.',
    default: '8443',
  }),
  host: optional(
    text({
      name: 'ROSTERPORT_HOST',
      doc: 'Address that both doors listen on, such as 127.0.0.1. All addresses of the machine when it is empty.',
    }),
  ),
  sftpPostQuantum: choice({
    name: 'ROSTERPORT_SFTP_POST_QUANTUM',
    doc: 'Offers the post-quantum key exchange mlkem768x25519-sha256 over SFTP: on or off.',
    default: 'on',
    words: onOff,
  }),
  sftpNistCurves: choice({
    name: 'ROSTERPORT_SFTP_NIST_CURVES',
    doc: 'Offers the NIST curves over SFTP beside Curve25519, for old clients such as JSch 0.1: on or off.',
    default: 'on',
    words: onOff,
  }),
  databaseUrl: optional(databaseUrl()),
  logLevel: choice({
    name: 'ROSTERPORT_LOG_LEVEL',
    doc: 'Log lines that matter less are left out: error, warn, info or debug.',
    default: 'info',
    words: logLevels,
  }),
  uploadFileLimit: bytes({
    name: 'ROSTERPORT_UPLOAD_FILE_LIMIT',
    doc: 'Largest file that /v1/storage/uploadFile accepts.',
    default: '10MiB',
    minimum: 1,
  }),
  fileLimit: bytes({
    name: 'ROSTERPORT_FILE_LIMIT',
    doc: 'Largest file that SFTP, /v1/files and the drop folder accept.',
    default: '1GiB',
    minimum: 1,
  }),
  concurrency: count({
    name: 'ROSTERPORT_CONCURRENCY',
    doc: 'How many tenants are processed at once, and one more with small files. The jobs of one tenant always run one after the other.',
    default: '2',
    minimum: 1,
    maximum: 64,
  }),
  dropSettle: duration({
    name: 'ROSTERPORT_DROP_SETTLE',
    doc: 'How long a file in a drop folder must stay unchanged before it is taken.',
    default: '2s',
    minimum: 100,
  }),
  ...doorSettingFields,
  keepFiles: duration({
    name: 'ROSTERPORT_KEEP_FILES',
    doc: 'How long a received file is kept after its job has ended.',
    default: '30d',
    ...keeping,
  }),
  keepRowResults: duration({
    name: 'ROSTERPORT_KEEP_ROW_RESULTS',
    doc: 'How long the results of rows and the changes of dry runs and held jobs are kept after the job has ended.',
    default: '180d',
    ...keeping,
  }),
  keepJournal: duration({
    name: 'ROSTERPORT_KEEP_JOURNAL',
    doc: 'How long a job can be reverted and old values are kept, from its end on. Longer than row results.',
    default: '400d',
    ...keeping,
  }),
  keepEvents: duration({
    name: 'ROSTERPORT_KEEP_EVENTS',
    doc: 'How long events are kept: alerts, decisions, edits.',
    default: '400d',
    ...keeping,
  }),
  keepPartials: duration({
    name: 'ROSTERPORT_KEEP_PARTIALS',
    doc: 'How long an unfinished SFTP upload can be gone on with.',
    default: '1d',
    ...keeping,
  }),
  token: optional(
    secret({
      name: 'ROSTERPORT_TOKEN',
      doc: 'Token of the commands that talk to a server, where none is given with --token. A running server ignores it.',
    }),
  ),
};

/** Reads and checks all settings together. Fails with `settingsInvalid`, one line a problem. */
export function settingsFrom(environment: Environment): Settings {
  return readSettings(environment, settingFields, problemsTogether);
}

function problemsTogether({ sftpPort, httpsPort, keepJournal, keepRowResults, banTime, longestBan }: Settings): readonly string[] {
  const problems: string[] = [];
  if (longestBan < banTime) problems.push('ROSTERPORT_LONGEST_BAN must not be shorter than ROSTERPORT_BAN_TIME.');
  if (sftpPort === httpsPort && sftpPort !== 0) problems.push('ROSTERPORT_SFTP_PORT and ROSTERPORT_HTTPS_PORT must differ.');
  if (keepJournal <= keepRowResults) {
    problems.push('ROSTERPORT_KEEP_JOURNAL must be longer than ROSTERPORT_KEEP_ROW_RESULTS: a job that can be looked at can be reverted.');
  }
  return problems;
}

/** How long things are kept, as the processor and the command want it. */
export function lifetimesOf({ keepFiles, keepRowResults, keepJournal, keepEvents }: Settings): Lifetimes {
  return { files: keepFiles, rowResults: keepRowResults, journal: keepJournal, events: keepEvents };
}

/** A URL that stays hidden: it usually holds a password. */
function databaseUrl(): Setting<Secret> {
  const details = {
    name: 'DATABASE_URL',
    doc: 'PostgreSQL 14 or newer that is used instead of the embedded one, as postgres://user:password@host:5432/name.',
  };
  const plain = url({ ...details, schemes: ['postgres:', 'postgresql:'] });
  return {
    ...details,
    quiet: true,
    read: (raw) => {
      const reading = plain.read(raw);
      return reading.ok ? { ok: true, value: new Secret(reading.value) } : reading;
    },
  };
}
