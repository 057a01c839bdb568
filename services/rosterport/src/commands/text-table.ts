import { pen } from '@rosterport/reports';

/**
 * Lines of text with aligned columns below their names. No text of a cell can steer the terminal. Gives `nothing` where
 * there is no row.
 */
export function textTable(names: readonly string[], rows: readonly (readonly string[])[], nothing: string): string {
  const line = pen(false);
  if (rows.length === 0) return line(nothing);
  const lines = [names, ...rows];
  const widths = names.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines.map((cells) => line(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd())).join('');
}
