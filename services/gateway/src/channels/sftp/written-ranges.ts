interface Range {
  readonly from: number;
  readonly to: number;
}

/** Which bytes of a file have been written; positions in bytes. Kept small: neighbours are joined. */
export interface WrittenRanges {
  /** Notes that the bytes from `from` up to, but without, `to` were written. False when there are too many gaps to keep. */
  add(from: number, to: number): boolean;
  /** Forgets what lies at and beyond the size. */
  cut(size: number): void;
  /** How many bytes there are from the beginning on without a gap. */
  whole(): number;
  /** True when every byte below the size was written. */
  covers(size: number): boolean;
}

/** Clients that write out of order have a few dozen requests under way; more pieces are made only to keep us busy. */
const mostRanges = 1000;

/**
 * Begins with nothing written. A hole means that the client resumed what is not there any more, or cut its own file short:
 * either way the bytes are not the file.
 */
export function writtenRanges(): WrittenRanges {
  let ranges: readonly Range[] = [];
  return {
    add(from, to) {
      if (from >= to) return true;
      const [last] = ranges.slice(-1);
      if (last?.to === from) {
        ranges = [...ranges.slice(0, -1), { from: last.from, to }];
        return true;
      }
      const touching = ranges.filter((range) => range.to >= from && range.from <= to);
      const joined = touching.reduce((all, range) => ({ from: Math.min(all.from, range.from), to: Math.max(all.to, range.to) }), {
        from,
        to,
      });
      const apart = ranges.filter((range) => !touching.includes(range));
      ranges = [...apart, joined].sort((one, other) => one.from - other.from);
      return ranges.length <= mostRanges;
    },
    cut(size) {
      ranges = ranges.filter((range) => range.from < size).map(({ from, to }) => ({ from, to: Math.min(to, size) }));
    },
    whole: () => (ranges[0]?.from === 0 ? ranges[0].to : 0),
    covers: (size) => size === 0 || (ranges[0]?.from === 0 && ranges[0].to >= size),
  };
}
