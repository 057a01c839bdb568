import { peopleLeft } from '../prefilter/passed-over.ts';
import { analyzeWork } from '../work/analyze-work.ts';
import { hasFewRows } from '../work/few-rows.ts';
import type { JobContext } from '../work/job-context.ts';

/**
 * Rows with an unknown id that bear the e-mail of somebody absent, and were not taken for that person, since set rules refuse
 * them. Of a row that its own rules refused the id may be what is wrong, and a guard holds the file.
 */
const namedByEmail = `
  delete from plan_users p using in_users r
  where p.how = 'absent' and r.valid and r.email_key = p.email_key
    and not exists (select from users k where k.source_id = $1 and k.external_id = r.external_id)
    and not exists (select from plan_adopted d where d.external_id = r.external_id)`;

/** A small source beside a large one is taken for large by the planner, and then it would go through all people of all sources. */
const ofSmallFile = '(select * from users where source_id = $1 order by external_id) u';

/**
 * Plans the deactivation of everybody whom a full file does not name: active people of its source who stand in no row, not
 * even in a refused one, be it by id or by e-mail under an unknown id. Administrators stay, people of other sources or made
 * by hand were never meant, and a file without rows of users says nothing about people.
 */
export async function deactivateAbsent(context: JobContext): Promise<void> {
  const { client, sourceId, mode, untouchedRows = 0 } = context;
  if (mode !== 'full') return;
  const people = untouchedRows === 0 && hasFewRows(context) ? ofSmallFile : peopleLeft(context);
  const { rowCount } = await client.query(
    `insert into plan_users (external_id, user_id, how, is_new, first_name, last_name, name_key, email, email_key, email_given,
       phone, phone_given, is_manager, active, was_active, inactive_cause, language, attributes, claims_email, claims_phone, changed)
     select u.external_id, u.id, 'absent', false, u.first_name, u.last_name, u.name_key, u.email, u.email_key, false,
       u.phone, false, u.is_manager, false, true, 'absence', u.language, u.attributes, false, false, true
     from ${people}
     where u.source_id = $1 and u.active and not u.administrator and (${untouchedRows > 0} or exists (select from in_users))
       and not exists (select from in_users r where r.external_id = u.external_id)
       and not exists (select from plan_users p where p.user_id = u.id)`,
    [sourceId],
  );
  if (rowCount === 0) return;
  await client.query(analyzeWork('plan_users'));
  await client.query(namedByEmail, [sourceId]);
}
