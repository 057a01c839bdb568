import { scopes, isScope, type Scope } from '@rosterport/domain';
import { readNetworks } from '@rosterport/runtime';
import { InvalidArgumentError, Option, type Command } from 'commander';

/** Reads `upload,reports` for `--scope`. */
export function readScopes(text: string): readonly Scope[] {
  const words = text.split(',').map((word) => word.trim());
  const known = words.filter(isScope);
  if (known.length < words.length) throw new InvalidArgumentError(`It must be one or more of ${scopes.join(', ')}, with commas between.`);
  return known;
}

/**
 * Reads the moment of `--expires`: a day, to whose end in UTC it lasts, or a moment with its time zone (ISO 8601).
 */
export function readExpiry(text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  // 30 February would otherwise be taken for a day in March.
  if (day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) {
    return new Date(day.getTime() + 24 * 60 * 60 * 1_000);
  }
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? new Date(text) : null;
  if (moment === null || Number.isNaN(moment.getTime())) {
    throw new InvalidArgumentError('It must be a day such as 2027-01-31, or a moment such as 2027-01-31T12:00:00Z.');
  }
  return moment;
}

/** Reads `10.0.0.0/8,192.0.2.7` for `--from`. */
export function readFrom(text: string): readonly string[] {
  const texts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  const reading = readNetworks(texts);
  if (!reading.ok) throw new InvalidArgumentError(`${reading.wrong} is no network; write it such as 10.0.0.0/8 or 192.0.2.7.`);
  return texts;
}

/** Declares when and from where a credential is accepted. */
export function declareBounds(command: Command): Command {
  return command
    .option('--expires <day>', 'last day on which it works (UTC), or a moment such as 2027-01-31T12:00:00Z', readExpiry)
    .option('--from <networks>', 'the networks from which alone it works, such as 10.0.0.0/8, with commas between', readFrom);
}

/** Declares the feed and the mode of a credential's files. */
export function declarePlace(command: Command): Command {
  return command
    .option('--feed <name>', 'the feed that its files belong to (default: default)')
    .addOption(new Option('--mode <mode>', 'what absence from its files means; left to the feed unless told').choices(['delta', 'full']));
}
