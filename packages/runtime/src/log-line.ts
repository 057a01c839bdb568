import { styleText } from 'node:util';
import type { LogFields, LogLevel } from './logger.ts';

/** One event, ready to be written: secrets are masked, and the fields hold only what JSON can hold. */
export interface LogLine {
  /** ISO 8601 in UTC. */
  readonly time: string;
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

const colours = { error: 'red', warn: 'yellow', info: 'green', debug: 'gray' } as const;

/** One line of JSON. A field named like a part of the line gets an underscore, so that it hides nothing. */
export function renderJson(line: LogLine): string {
  const { fields, ...parts } = line;
  const renamed = Object.entries(fields).map(([key, value]) => [Object.hasOwn(parts, key) ? `${key}_` : key, value]);
  return JSON.stringify({ ...parts, ...(Object.fromEntries(renamed) as LogFields) });
}

/** Time of day, level, sentence, fields; the stack of an error on lines of its own. */
export function renderHuman(line: LogLine): string {
  const time = styleText('gray', line.time.slice(11, 23));
  const level = styleText(colours[line.level], line.level.padEnd(5));
  const fields = Object.entries(line.fields).filter(([, value]) => value !== undefined);
  const words = fields.map(([key, value]) => ` ${styleText('cyan', printable(key))}=${printable(wordOf(value))}`);
  const stacks = fields.flatMap(([, value]) => (stackOf(value) ?? '').split('\n').slice(1));
  return [`${time} ${level} ${printable(line.message)}${words.join('')}`, ...stacks.map(printable)].join('\n');
}

function wordOf(value: unknown): string {
  if (typeof value === 'string') return /^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value);
  if (stackOf(value) !== undefined) return JSON.stringify({ ...(value as LogFields), stack: undefined });
  return JSON.stringify(value);
}

function stackOf(value: unknown): string | undefined {
  const stack = typeof value === 'object' && value !== null && 'stack' in value ? value.stack : undefined;
  return typeof stack === 'string' ? stack : undefined;
}

/** A stranger's text must not steer the terminal of the operator. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\x${(control.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`);
}
