/** What the values of an attribute are. Dates are ISO 8601 days; `list` is one of the definition's options. */
export const attributeTypes = ['text', 'number', 'date', 'list'] as const;

/** The type of an attribute. */
export type AttributeType = (typeof attributeTypes)[number];

/** An attribute of people that a tenant has defined. */
export interface AttributeDefinition {
  /** Unique within the tenant; compared exactly. */
  readonly name: string;
  readonly type: AttributeType;
  /** The values that a `list` takes, in the order in which they were given; empty for other types. */
  readonly options: readonly string[];
  /** True when every active person of a file must have a value. */
  readonly required: boolean;
}
