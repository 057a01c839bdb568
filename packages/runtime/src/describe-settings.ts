import type { Setting, SettingFields } from './setting.ts';

/** What an operator needs to know about a setting. */
export interface SettingDescription {
  readonly name: string;
  readonly doc: string;
  /** As one would write it in the environment; `null` when there is none. */
  readonly default: string | null;
  /** True when the process does not start without it. */
  readonly mandatory: boolean;
}

/** Describes the settings in the order in which they are declared, for the settings example and for `--help`. */
export function describeSettings<T extends object>(fields: SettingFields<T>): readonly SettingDescription[] {
  return Object.values<Setting<unknown>>(fields).map((setting) => ({
    name: setting.name,
    doc: setting.doc,
    default: setting.default ?? null,
    mandatory: setting.default === undefined && setting.absent === undefined,
  }));
}
