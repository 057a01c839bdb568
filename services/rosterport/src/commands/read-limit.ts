import { InvalidArgumentError } from 'commander';

/** Reads the number of items that a list shows at most. */
export function readLimit(text: string): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number < 1) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return number;
}
