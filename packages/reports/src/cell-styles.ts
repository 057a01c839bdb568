import type { Severity } from '@rosterport/domain';
import type { Borders, Fill, Style } from 'exceljs';

/** How a row of the annotated workbook is coloured. */
export type RowTone = 'plain' | 'warning' | 'rejected';

type CellStyle = Partial<Style>;

/** exceljs writes one style for each object that it meets, so every cell points to one of the objects here. */
const fills: Readonly<Record<RowTone | Severity | 'header', Fill>> = {
  plain: { type: 'pattern', pattern: 'none' },
  warning: solid('FFFFF6D6'),
  rejected: solid('FFFDE7E5'),
  header: solid('FFE7ECF2'),
  error: solid('FFF4A6A0'),
};

const edge = { style: 'thin', color: { argb: 'FF8A1C13' } } as const;
const frame: Partial<Borders> = { top: edge, bottom: edge, left: edge, right: edge };

/** A heading of a sheet or of a column. */
export const headerStyle: CellStyle = {
  font: { bold: true },
  fill: fills.header,
  numFmt: '@',
  alignment: { vertical: 'top' },
};

/** A sentence of ours that nobody should miss. */
export const noticeStyle: CellStyle = { font: { bold: true }, fill: fills.warning, numFmt: '@', alignment: { vertical: 'top' } };

/** Text of ours that may have several lines. */
export const wrappedStyle: CellStyle = { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } };

/** Numbers of ours. */
export const numberStyle: CellStyle = { numFmt: '0', alignment: { vertical: 'top' } };

/** Numbers of ours in a row of that tone. */
export const rowNumberStyles = forTones((tone) => ({ ...numberStyle, fill: fills[tone] }));

/** Text of ours in a row of that tone. */
export const rowReasonStyles = forTones((tone) => ({ ...wrappedStyle, fill: fills[tone] }));

/** Cells of the file in a row of that tone: text, whatever stands in them, even after someone edits them. */
export const rowCellStyles = forTones((tone) => ({
  numFmt: '@',
  alignment: { vertical: 'top' },
  fill: fills[tone],
}));

/** Cells of the file that a finding points at. */
export const faultyCellStyles: Readonly<Record<Severity, CellStyle>> = {
  error: { numFmt: '@', alignment: { vertical: 'top' }, fill: fills.error, border: frame, font: { bold: true } },
  warning: { numFmt: '@', alignment: { vertical: 'top' }, fill: solid('FFFFD966'), border: frame },
};

function solid(argb: string): Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function forTones(style: (tone: RowTone) => CellStyle): Readonly<Record<RowTone, CellStyle>> {
  return { plain: style('plain'), warning: style('warning'), rejected: style('rejected') };
}
