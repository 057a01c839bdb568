/** How much a line matters. error: a person must act. warn: healed or refused. info: one line a step. debug: local only. */
export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

/** How much a line matters. */
export type LogLevel = (typeof logLevels)[number];

/** The data of a log line. Never personal data, never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Takes one event a call: a constant sentence, and the data in fields. Never throws and never waits. */
export interface Logger {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** A logger whose lines all bear these fields too. */
  child(fields: LogFields): Logger;
}
