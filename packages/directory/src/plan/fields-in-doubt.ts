import type { JobContext } from '../work/job-context.ts';

/** The fields of the contract of which a faulty header row leaves open in which column they stand; none as a rule. */
export async function fieldsInDoubt(client: JobContext['client']): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ field: string }>(
    `select substr(field, 7) as field from in_columns where field like 'doubt:%' and field not like 'doubt:attribute:%'`,
  );
  return new Set(rows.map(({ field }) => field));
}
