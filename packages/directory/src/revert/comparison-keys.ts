import { emailKey, nameKey } from '@rosterport/domain';
import type { DirectoryContext } from '../work/job-context.ts';

type Client = Pick<DirectoryContext, 'client'>;

/** So many texts travel at once. */
const batch = 10_000;

const keyOf = { email: emailKey, name: nameKey } as const;

/** SQL of the key of a text; it must have been worked out before. */
export const keyFor = (kind: 'email' | 'name', text: string): string =>
  `(select k.key from revert_keys k where k.kind = '${kind}' and k.text = ${text} limit 1)`;

/** Works out the keys of the e-mails that people have or may get back. */
export async function workOutEmailKeys({ client }: Client): Promise<void> {
  await client.query(
    `insert into revert_keys (kind, text) select 'email', e from (
       select v.was #>> '{}' as e from revert_values v where v.kind = 'user' and v.field = 'email'
       union select v.now #>> '{}' from revert_values v where v.kind = 'user' and v.field = 'email'
       union select r.base ->> 'email' from revert_records r where r.kind = 'user' and (r.action = 'recreate' or exists (
         select from revert_values v where v.kind = 'user' and v.record_id = r.record_id and v.unit = 'presence'))
     ) emails where e is not null`,
  );
  await workOut({ client }, 'email');
}

/** Works out the keys of the names that people, groups and facts about managers will have. */
export async function workOutNameKeys({ client }: Client): Promise<void> {
  await client.query(
    `insert into revert_keys (kind, text) select 'name', t from (
       select (r.later ->> 'firstName') || ' ' || (r.later ->> 'lastName') as t from revert_records r
       where r.kind = 'user' and r.kept is null and r.action <> 'remove'
       union
       select r.later ->> 'name' from revert_records r where r.kind = 'group' and r.kept is null and r.action <> 'remove'
       union
       select l.manager_ref from revert_links l where l.manager_by = 'name' and l.comes and l.kept is null
     ) names where t is not null`,
  );
  await workOut({ client }, 'name');
}

async function workOut({ client }: Client, kind: 'email' | 'name'): Promise<void> {
  for (let last = '0'; ; ) {
    const { rows } = await client.query<{ n: string; text: string }>(
      'select n, text from revert_keys where kind = $1 and n > $2 order by n limit $3',
      [kind, last, batch],
    );
    const end = rows.at(-1)?.n;
    if (end === undefined) break;
    await client.query(
      `update revert_keys k set key = w.key from unnest($1::bigint[], $2::text[]) w (n, key) where k.n = w.n`,
      [rows.map(({ n }) => n), rows.map(({ text }) => keyOf[kind](text))],
    );
    last = end;
  }
  await client.query('analyze revert_keys');
}
