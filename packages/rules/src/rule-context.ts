import type { AnyField, AttributeDefinition, FeedPolicy, HeaderColumn, SheetHeader } from '@rosterport/domain';

/** What the rules know besides the row: the same for every row of a sheet. */
export interface RuleContext {
  readonly policy: FeedPolicy;
  readonly header: SheetHeader;
  /** The attributes that the tenant has defined, by name. Where the policy lets files define others, those of texts may be missing. */
  readonly knownAttributes: ReadonlyMap<string, AttributeDefinition>;
}

/** The columns of the sheet that hold the field, in file order. */
export function columnsFor(context: RuleContext, field: AnyField): readonly HeaderColumn[] {
  return context.header.columns.filter((column) => column.field === field);
}

/** The first column of the sheet that holds the field; `null` when there is none. */
export function columnFor(context: RuleContext, field: AnyField): HeaderColumn | null {
  return context.header.columns.find((column) => column.field === field) ?? null;
}

/** The columns of the sheet that are attributes, in file order. */
export function attributeColumns(context: RuleContext): readonly HeaderColumn[] {
  return context.header.columns.filter((column) => column.field === null);
}
