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

/** What an operator can choose, read once from the environment. */
export interface Settings {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** 0 lets the system choose a free port. */
  readonly sftpPort: number;
  /** 0 lets the system choose a free port. */
  readonly httpsPort: number;
  /** The address that both doors listen on; `null` for all addresses of the machine. */
  readonly host: string | null;
  /** `null` for the embedded PostgreSQL. */
  readonly databaseUrl: Secret | null;
  readonly logLevel: LogLevel;
  /** Bytes. */
  readonly uploadFileLimit: number;
  /** Bytes. */
  readonly fileLimit: number;
  /** Tenants that are processed at once. */
  readonly concurrency: number;
  /** Milliseconds. */
  readonly dropSettle: number;
  /** What `send`, `jobs` and `report` prove themselves with where the command does not say. */
  readonly token: Secret | null;
}

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
    doc: 'Largest file that SFTP and /v1/files accept.',
    default: '1GiB',
    minimum: 1,
  }),
  concurrency: count({
    name: 'ROSTERPORT_CONCURRENCY',
    doc: 'How many tenants are processed at once. The jobs of one tenant always run one after the other.',
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
  token: optional(
    secret({
      name: 'ROSTERPORT_TOKEN',
      doc: 'Token that the commands send, jobs and report use when none is given with --token. A running server ignores it.',
    }),
  ),
};

/** Reads and checks all settings together. Fails with `settingsInvalid`, one line a problem. */
export function settingsFrom(environment: Environment): Settings {
  return readSettings(environment, settingFields, (settings) =>
    settings.sftpPort === settings.httpsPort && settings.sftpPort !== 0
      ? ['ROSTERPORT_SFTP_PORT and ROSTERPORT_HTTPS_PORT must differ.']
      : [],
  );
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
