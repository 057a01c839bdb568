import type { JobContext } from '../work/job-context.ts';

/** What the rows of a file hold, so that no step looks for what cannot be there: it is the number of statements that costs. */
export interface FileFacts {
  /** Rows in the work tables. */
  readonly userRows: number;
  readonly groupRows: number;
  /** How many of them their own rules refused, or left without an id. */
  readonly faultyRows: number;
  /** How many of those are rows of users. */
  readonly faultyUsers: number;
  /** Whether their own rules said anything of them. */
  readonly hasIssues: boolean;
  /** Rows of users whose id could not be read. */
  readonly unreadableRows: number;
  readonly namesManagers: boolean;
  /** Whether a row says of somebody that they are inactive. */
  readonly hasInactive: boolean;
  /** The fields of the contract of which a faulty header row leaves open in which column they stand; none as a rule. */
  readonly inDoubt: ReadonlySet<string>;
  /** Whether the tenant has attributes that everybody must have, and such as take one of a list. */
  readonly hasRequired: boolean;
  readonly hasLists: boolean;
  /** The attributes that the headers name and the tenant does not know, in their order. */
  readonly newAttributes: readonly string[];
}

/** What every step of planning needs. */
export interface PlanContext extends JobContext {
  readonly file: FileFacts;
}

const facts = `
  select u.*, g."groupRows", u."faultyUsers" + g."faultyGroups" as "faultyRows", u."userIssues" or g."groupIssues" as "hasIssues",
    array(select substr(field, 7) from in_columns where field like 'doubt:%' and field not like 'doubt:attribute:%') as "inDoubt",
    exists (select from attribute_definitions d where d.tenant_id = $1 and d.required) as "hasRequired",
    exists (select from attribute_definitions d where d.tenant_id = $1 and d.type = 'list') as "hasLists",
    array(
      select distinct c.name from in_columns c
      where c.field like 'attribute:%' and not exists (select from attribute_definitions d where d.tenant_id = $1 and d.name = c.name)
      order by 1) as "newAttributes"
  from (
    select count(*)::int as "userRows", count(*) filter (where valid is not true)::int as "faultyUsers",
      count(*) filter (where external_id is null)::int as "unreadableRows", coalesce(bool_or(manager_by = 'name'), false) as "namesManagers",
      coalesce(bool_or(not active), false) as "hasInactive", coalesce(bool_or(issues is not null), false) as "userIssues"
    from in_users) u,
  (select count(*)::int as "groupRows", count(*) filter (where valid is not true)::int as "faultyGroups",
    coalesce(bool_or(issues is not null), false) as "groupIssues" from in_groups) g`;

/** Looks at the rows in the work tables. */
export async function lookAtFile({ client, tenantId }: JobContext): Promise<FileFacts> {
  const { rows } = await client.query<Omit<FileFacts, 'inDoubt'> & { readonly inDoubt: readonly string[] }>(facts, [tenantId]);
  const [found] = rows;
  if (found === undefined) throw new TypeError('An aggregate query gives one row.');
  return { ...found, inDoubt: new Set(found.inDoubt) };
}
