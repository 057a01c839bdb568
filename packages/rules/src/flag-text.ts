import type { Reading } from './value-rule.ts';

const yes: Reading<boolean> = { ok: true, value: true };
const no: Reading<boolean> = { ok: true, value: false };
const neither: Reading<boolean> = { ok: false, expected: '1 or 0' };

/** Understands `1` and `0`, and nothing else. */
export function readFlag(text: string): Reading<boolean> {
  if (text === '1') return yes;
  return text === '0' ? no : neither;
}
