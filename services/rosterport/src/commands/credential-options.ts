import { scopes, isScope, type Scope } from '@rosterport/domain';
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

/** Declares the feed and the mode of a credential's files. */
export function declarePlace(command: Command): Command {
  return command
    .option('--feed <name>', 'the feed that its files belong to (default: default)')
    .addOption(new Option('--mode <mode>', 'what absence from its files means; left to the feed unless told').choices(['delta', 'full']));
}
