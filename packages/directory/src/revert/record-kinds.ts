/** A value of a record: its name in the journal, and its column. */
interface Column {
  readonly name: string;
  readonly column: string;
  readonly type: 'uuid' | 'text' | 'boolean' | 'bigint' | 'jsonb' | 'text[]';
}

/** A kind of record with all values that the journal may hold of it. */
export interface RecordKind {
  readonly kind: 'user' | 'group' | 'attributeDefinition';
  readonly table: string;
  readonly columns: readonly Column[];
  /** The values without which a record cannot be made. */
  readonly needed: readonly string[];
}

const text = (name: string, column = name): Column => ({ name, column, type: 'text' });

/** People. */
export const userKind: RecordKind = {
  kind: 'user',
  table: 'users',
  needed: ['firstName', 'lastName', 'active', 'attributes'],
  columns: [
    { name: 'sourceId', column: 'source_id', type: 'uuid' },
    text('externalId', 'external_id'),
    text('firstName', 'first_name'),
    text('lastName', 'last_name'),
    text('email'),
    text('phone'),
    { name: 'isManager', column: 'is_manager', type: 'boolean' },
    { name: 'active', column: 'active', type: 'boolean' },
    text('inactiveCause', 'inactive_cause'),
    text('language'),
    { name: 'attributes', column: 'attributes', type: 'jsonb' },
    { name: 'administrator', column: 'administrator', type: 'boolean' },
  ],
};

/** Groups. */
export const groupKind: RecordKind = {
  kind: 'group',
  table: 'groups',
  needed: ['name'],
  columns: [
    { name: 'sourceId', column: 'source_id', type: 'uuid' },
    text('externalId', 'external_id'),
    text('name'),
    text('description'),
    { name: 'parentId', column: 'parent_id', type: 'bigint' },
  ],
};

/** Definitions of attributes. */
export const definitionKind: RecordKind = {
  kind: 'attributeDefinition',
  table: 'attribute_definitions',
  needed: ['name', 'type', 'options', 'required'],
  columns: [
    text('name'),
    text('type'),
    { name: 'options', column: 'options', type: 'text[]' },
    { name: 'required', column: 'required', type: 'boolean' },
  ],
};

/** Every kind of record that has values. */
export const recordKinds: readonly RecordKind[] = [userKind, groupKind, definitionKind];

/** SQL of all values of a row of the kind's table, as the journal writes them. */
export function valuesOf({ columns }: RecordKind, alias: string): string {
  return `jsonb_build_object(${columns.map(({ name, column }) => `'${name}', ${alias}.${column}`).join(', ')})`;
}

/** SQL of one value, taken from an object with such values. */
export function valueIn(object: string, { name, type }: Column): string {
  if (type === 'jsonb') return `${object} -> '${name}'`;
  if (type === 'text[]') return `array(select jsonb_array_elements_text(${object} -> '${name}'))`;
  return `(${object} ->> '${name}')::${type}`;
}

/** SQL of what tells whether two values must go back together: `field` is the expression of the field's name. */
export function unitOf(field: string): string {
  return `case when ${field} in ('sourceId', 'externalId') then 'identity'
    when ${field} in ('active', 'inactiveCause') then 'presence'
    when ${field} in ('type', 'options') then 'type' else ${field} end`;
}

/** SQL of the values that an entry of the journal changes, one a row: field, unit, was, wrote. Attributes are named apart. */
export function valuesChangedBy(entry: string): string {
  const object = (side: string): string => `coalesce(${entry}.${side}, '{}')`;
  const attributes = (side: string): string => `coalesce(nullif(${entry}.${side} -> 'attributes', 'null'), '{}')`;
  return `(
    select k.field, ${unitOf('k.field')} as unit, coalesce(${entry}.before -> k.field, 'null') as was,
      coalesce(${entry}.after -> k.field, 'null') as wrote
    from jsonb_object_keys(${object('before')} || ${object('after')}) k (field)
    where k.field <> 'attributes' and ${entry}.before -> k.field is distinct from ${entry}.after -> k.field
    union all
    select 'attributes.' || a.name, 'attributes.' || a.name, coalesce(${attributes('before')} -> a.name, 'null'),
      coalesce(${attributes('after')} -> a.name, 'null')
    from jsonb_object_keys(${attributes('before')} || ${attributes('after')}) a (name)
    where ${attributes('before')} -> a.name is distinct from ${attributes('after')} -> a.name)`;
}
