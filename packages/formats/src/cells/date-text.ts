import type { CellFormat } from './cell-format.ts';

type DateFormat = Extract<CellFormat, { kind: 'date' }>;

const secondsOfDay = 86_400;
/** 9999-12-31, the last day that spreadsheets know. */
const lastDay = 2_958_465;

/**
 * A day number as ISO text: a date, a date with time, or a time, as its format shows it. `null` when it is no day that a
 * spreadsheet shows.
 */
export function serialText(serial: number, format: DateFormat, is1904: boolean): string | null {
  if (!(serial >= 0 && serial <= lastDay + 1)) return null;
  let day = Math.floor(serial);
  let seconds = format.hasTime ? Math.round((serial - day) * secondsOfDay) : 0;
  if (seconds === secondsOfDay) {
    day++;
    seconds = 0;
  }
  const time = new Date(seconds * 1000).toISOString().slice(11, 19);
  if (!format.hasDay) return day === 0 ? time : null;
  const date = new Date(startOf(day, is1904) + day * secondsOfDay * 1000).toISOString().slice(0, 10);
  return format.hasTime ? `${date}T${time}` : date;
}

/** Spreadsheets take 1900 for a leap year: day 60 never was, and all later ones are one too high. */
function startOf(day: number, is1904: boolean): number {
  if (is1904) return Date.UTC(1904, 0, 1);
  return day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
}

/** A date that a cell holds as ISO text, brought to the same forms; anything else stays as it is. */
export function isoText(text: string, format: CellFormat): string {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?(?:\.\d+)?Z?)?$/.exec(text.trim());
  if (parts === null) return text;
  const [, date = '', minutes, seconds = '00'] = parts;
  const time = minutes === undefined ? '00:00:00' : `${minutes}:${seconds}`;
  const showsTime = format.kind === 'date' ? format.hasTime : time !== '00:00:00';
  return showsTime ? `${date}T${time}` : date;
}
