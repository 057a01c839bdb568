/** What a number format makes of a number, as far as it changes the meaning of the text. */
export type CellFormat =
  | { readonly kind: 'plain' }
  /** Leading zeros up to this many digits. */
  | { readonly kind: 'zeros'; readonly digits: number }
  | { readonly kind: 'date'; readonly hasDay: boolean; readonly hasTime: boolean };

/** A number as it is. */
export const plainFormat: CellFormat = { kind: 'plain' };

/** What a format code means, such as `00000`, `yyyy-mm-dd` or `General` (ECMA-376 part 1, 18.8.31). */
export function formatOfCode(code: string): CellFormat {
  const section = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';', 1)[0] ?? '';
  if (/^0+$/.test(section)) return section.length === 1 ? plainFormat : { kind: 'zeros', digits: section.length };
  if (/general|standard|[#0?]/i.test(section.replace(/s\.0+/gi, 's'))) return plainFormat;
  const hasTime = /[hs]|am\/pm|\[m/i.test(section);
  const hasDay = /[yde]/i.test(section) || (/m/i.test(section) && !hasTime);
  return hasDay || hasTime ? { kind: 'date', hasDay, hasTime } : plainFormat;
}

const builtInDates: ReadonlyMap<number, string> = new Map([
  [18, 'h:mm'],
  [19, 'h:mm:ss'],
  [20, 'h:mm'],
  [21, 'h:mm:ss'],
  [22, 'm/d/yy h:mm'],
  [32, 'h:mm'],
  [33, 'h:mm:ss'],
  [34, 'h:mm'],
  [35, 'h:mm:ss'],
  [45, 'mm:ss'],
  [46, '[h]:mm:ss'],
  [47, 'mm:ss'],
  [55, 'h:mm'],
  [56, 'h:mm:ss'],
]);

/** What a format means that has a number instead of a code (ECMA-376 part 1, 18.8.30). */
export function formatOfId(id: number): CellFormat {
  const time = builtInDates.get(id);
  if (time !== undefined) return formatOfCode(time);
  const isDay = (id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDay ? { kind: 'date', hasDay: true, hasTime: false } : plainFormat;
}
