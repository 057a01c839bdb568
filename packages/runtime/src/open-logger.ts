import { createLogger, format, transports } from 'winston';
import { renderHuman, renderJson, type LogLine } from './log-line.ts';
import { loggable } from './loggable.ts';
import { logLevels, type LogFields, type Logger, type LogLevel } from './logger.ts';
import { mask } from './secret.ts';

/** The log of a process. */
export interface ProcessLogger extends Logger {
  /** Masks this text too, from now on; for secrets that are made while the process runs. */
  hide(secret: string): void;
  /** Resolves when every line has been handed to the stream. Later lines are dropped. The stream stays open. */
  close(): Promise<void>;
}

/** What a log is opened with. */
export interface LoggerOptions {
  /** Lines that matter less are dropped. */
  readonly level: LogLevel;
  /** Texts that are shown as `***` wherever they stand in a line. */
  readonly secrets: readonly string[];
  /** Standard error unless told, so that the output of a command stays clean. */
  readonly stream?: NodeJS.WritableStream;
}

/**
 * Opens the log of a process: one JSON object a line, or a form for people when the stream is a terminal. A stream that
 * breaks loses lines and stops nothing.
 */
export function openLogger(options: LoggerOptions): ProcessLogger {
  const stream = options.stream ?? process.stderr;
  const secrets = new Set<string>();
  const remember = (text: string): void => {
    // The empty text is everywhere; hiding it would hide nothing and garble all.
    if (text !== '') secrets.add(text).add(encodeURIComponent(text));
  };
  options.secrets.forEach(remember);
  const render = 'isTTY' in stream && stream.isTTY ? renderHuman : renderJson;
  const output = new transports.Stream({ stream, eol: '\n' });
  const winston = createLogger({
    levels: Object.fromEntries(logLevels.map((level, rank) => [level, rank])),
    level: options.level,
    format: format.printf((info) => render(info['line'] as LogLine)),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its transports as interfaces
    transports: [output],
  });
  const onStreamError = (): void => undefined;
  stream.on('error', onStreamError);

  let closing: Promise<void> | undefined;
  const write = (level: LogLevel, message: string, fields: LogFields): void => {
    if (closing !== undefined || !winston.isLevelEnabled(level)) return;
    const hidden = loggable(fields, (text) => hideAll(text, secrets)) as LogFields;
    const line: LogLine = { time: new Date().toISOString(), level, message: hideAll(message, secrets), fields: hidden };
    // Fields travel under one key: winston gives `message`, `level` and errors among them a meaning of its own.
    winston.log({ level, message: '', line });
  };
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      winston.once('finish', resolve);
      winston.end();
    });
    if (stream.writable) await new Promise<void>((resolve) => stream.write('', () => { resolve(); }));
    stream.removeListener('error', onStreamError);
  };
  return { ...loggerWith({}, write), hide: remember, close: () => (closing ??= close()) };
}

type Write = (level: LogLevel, message: string, fields: LogFields) => void;

function loggerWith(own: LogFields, write: Write): Logger {
  return {
    error: (message, fields) => write('error', message, { ...own, ...fields }),
    warn: (message, fields) => write('warn', message, { ...own, ...fields }),
    info: (message, fields) => write('info', message, { ...own, ...fields }),
    debug: (message, fields) => write('debug', message, { ...own, ...fields }),
    child: (fields) => loggerWith({ ...own, ...fields }, write),
  };
}

/** Longest first, so that a secret that holds another one is hidden whole. */
function hideAll(text: string, secrets: ReadonlySet<string>): string {
  return [...secrets]
    .sort((one, other) => other.length - one.length)
    .reduce((hidden, secret) => hidden.replaceAll(secret, mask), text);
}
