import { z } from 'zod';
import { erase } from '../../erasure/erase.ts';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { recordId } from './edit-by-hand.ts';
import { recordParams } from './edit-schemas.ts';
import { guarded } from './endpoint.ts';

const count = z.number().int().min(0);

const erasureSchema = z
  .strictObject({
    id: z.string(),
    journalEntries: count.meta({ description: 'Entries of the journal that were emptied or removed.' }),
    rowResults: count.meta({ description: 'Row results that were about the person.' }),
    findings: count.meta({ description: 'Findings about others that named the person.' }),
    files: z.array(z.uuid()).meta({ description: 'The jobs whose sealed files were removed.' }),
  })
  .meta({ id: 'Erasure', description: 'How much was removed with a person.' });

const eraseQuery = z.strictObject({
  confirm: z
    .string()
    .min(1)
    .max(1000)
    .refine((text) => !text.includes('\0'), 'holds a NUL character')
    .meta({ description: 'The external id of the person or, for one made by hand, the id.' }),
});

/** Erases a person. */
export const eraseUser = guarded(['edit'], {
  method: 'delete',
  path: '/v1/users/{id}',
  summary: 'Erases a person for good',
  description: [
    'Removes every value of the person from the directory, its journal, the results of jobs and kept plans, and the sealed files in which they stand.',
    'Numbers of jobs stay. It cannot be undone. Whoever is named by a later file is made anew.',
  ].join(' '),
  params: recordParams,
  query: eraseQuery,
  responses: { 200: { description: 'The person is erased.', content: { 'application/json': erasureSchema } } },
  async handle({ service, req, res, identity, params, query }) {
    // Reading many files takes longer than a connection may be silent.
    req.socket.setTimeout(0);
    const { database, staging } = service.context;
    const { tenantId, credentialId } = identity;
    const request = { tenantId, credentialId, userId: recordId(params.id, 'person'), confirm: query.confirm };
    const erasure = await erase({ database, staging, searchFile: service.searchFile }, request);
    await sendAnswer(req, res, jsonAnswer(200, erasure));
  },
});
