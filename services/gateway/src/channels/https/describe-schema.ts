/** What is used of a JSON Schema (draft 2020-12). */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  /** How sentences call it, where its type alone says too little. */
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** The schema of what stands at a path; `null` where the schema knows no such place. */
export function nodeAt(root: SchemaNode, path: readonly PropertyKey[]): SchemaNode | null {
  let node: SchemaNode | undefined = root;
  for (const part of path) {
    const whole: SchemaNode | undefined = node?.anyOf?.find(({ properties, items }) => (properties ?? items) !== undefined) ?? node;
    const others: SchemaNode | boolean | undefined = whole?.additionalProperties;
    const known: SchemaNode | undefined = Object.entries(whole?.properties ?? {}).find(([name]) => name === part)?.[1];
    node = typeof part === 'number' ? whole?.items : (known ?? (typeof others === 'object' ? others : undefined));
  }
  return node ?? null;
}

/** What a schema takes, in words that follow "it must be". */
export function describeNode(node: SchemaNode): string {
  if (node.title !== undefined) return node.title;
  if (node.anyOf !== undefined) return node.anyOf.map(describeNode).join(' or ');
  if (node.enum !== undefined) return `one of ${node.enum.map(String).join(', ')}`;
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  return types.length === 0 ? 'something else' : types.map((type) => describeType(type, node)).join(' or ');
}

function describeType(type: string, { minLength = 0, maxLength, minimum, maximum, maxItems }: SchemaNode): string {
  switch (type) {
    case 'string':
      if (maxLength === undefined) return minLength > 0 ? 'a text that is not empty' : 'a text';
      return minLength > 0 ? `a text of ${minLength} to ${maxLength} characters` : `a text of at most ${maxLength} characters`;
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${rangeOf(minimum, maximum)}`;
    case 'number':
      return `a number${rangeOf(minimum, maximum)}`;
    case 'array':
      return maxItems === undefined ? 'a list' : `a list of at most ${maxItems} entries`;
    default:
      return type === 'null' ? 'null' : 'an object';
  }
}

/** The ends of what JavaScript counts exactly are no limits that anybody set. */
function rangeOf(minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): string {
  const [hasLeast, hasMost] = [minimum > Number.MIN_SAFE_INTEGER, maximum < Number.MAX_SAFE_INTEGER];
  if (hasLeast && hasMost) return ` from ${minimum} to ${maximum}`;
  return hasLeast ? ` of at least ${minimum}` : hasMost ? ` of at most ${maximum}` : '';
}
