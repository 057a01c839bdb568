import { expected, read, type Reading, type Setting, type SettingDetails } from './setting.ts';

/** The smallest and the largest value that a quantity may have; bytes for `bytes`, milliseconds for `duration`. */
export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
}

const byteUnits: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

const timeUnits: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A TCP port; 0 lets the system choose a free one. */
export function port(details: SettingDetails): Setting<number> {
  return count({ ...details, minimum: 0, maximum: 65_535 });
}

/** A whole number. */
export function count(details: SettingDetails & Bounds): Setting<number> {
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = details;
  const top = details.maximum === undefined ? `${minimum} or more` : `from ${minimum} to ${maximum}`;
  return {
    ...details,
    quiet: false,
    read: (raw) => {
      const value = /^\s*\d{1,16}\s*$/.test(raw) ? Number(raw) : Number.NaN;
      return value >= minimum && value <= maximum ? read(value) : expected(`a whole number ${top}`);
    },
  };
}

/** A number of bytes: `1048576`, `10 MB` (of 1000) or `1 GiB` (of 1024). */
export function bytes(details: SettingDetails & Bounds): Setting<number> {
  const like = 'a number of bytes such as 500000, 10 MB or 1 GiB';
  return { ...details, quiet: false, read: (raw) => quantity(raw, { ...details, units: byteUnits, bare: 'B', like }) };
}

/** A time span with its unit: `500 ms`, `30 s`, `5 min`, `2 h` or `1 d`. Read as milliseconds. */
export function duration(details: SettingDetails & Bounds): Setting<number> {
  const like = 'a time span with its unit such as 500 ms, 30 s, 5 min, 2 h or 1 d';
  return { ...details, quiet: false, read: (raw) => quantity(raw, { ...details, units: timeUnits, bare: null, like }) };
}

interface Measure extends Bounds {
  readonly units: Readonly<Record<string, number>>;
  /** The unit of a number that stands alone; `null` when it must not. */
  readonly bare: string | null;
  readonly like: string;
}

function quantity(raw: string, measure: Measure): Reading<number> {
  const match = /^\s*(\d{1,16}(?:\.\d{1,6})?)\s*([A-Za-z]*)\s*$/.exec(raw);
  const unit = match?.[2] === '' ? measure.bare : match?.[2];
  if (match === null || unit == null || !Object.hasOwn(measure.units, unit)) return expected(measure.like);
  const value = Math.round(Number(match[1]) * (measure.units[unit] ?? 1));
  if (value < (measure.minimum ?? 0)) return expected(`${measure.like}, and larger`);
  if (value > (measure.maximum ?? Number.MAX_SAFE_INTEGER)) return expected(`${measure.like}, and smaller`);
  return read(value);
}
