/** What a setting is declared with. */
export interface SettingDetails {
  /** Name of the environment variable. */
  readonly name: string;
  /** What it does, one or two whole sentences for the operator. */
  readonly doc: string;
  /** Written as in the environment, and read by the same rules; without one the setting must be given. */
  readonly default?: string;
}

/** What a reader makes of the text of a variable: a value, or what the text must be instead. */
export type Reading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly expected: string };

/** One typed environment variable. */
export interface Setting<T> extends SettingDetails {
  /** Reads a text that is not empty. */
  readonly read: (text: string) => Reading<T>;
  /** The value when neither the variable nor a default is there; without one its absence is a problem. */
  readonly absent?: { readonly value: T };
  /** True when the text may hold a secret, so that no message may repeat it. */
  readonly quiet: boolean;
}

/** The settings of a process by the name that the code uses. */
export type SettingFields<T> = { readonly [K in keyof T]: Setting<T[K]> };

/** A reading that succeeded. */
export function read<T>(value: T): Reading<T> {
  return { ok: true, value };
}

/** A reading that failed; `expected` completes "must be". */
export function expected(what: string): Reading<never> {
  return { ok: false, expected: what };
}

/** The same setting, but `null` when it is neither given nor has a default. */
export function optional<T>(setting: Setting<T>): Setting<T | null> {
  return { ...setting, absent: { value: null } };
}
