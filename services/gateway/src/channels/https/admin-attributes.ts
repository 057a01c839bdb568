import { listAttributes } from '@rosterport/directory';
import { attributeProblem, Failure } from '@rosterport/domain';
import { dropAttribute, setAttribute } from '../../administer-attributes.ts';
import { attributeBody, attributeParams, attributeSchema, listOf } from './admin-schemas.ts';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { guarded } from './endpoint.ts';

const path = '/v1/admin/attributes/{name}';
const content = { 'application/json': attributeSchema } as const;

/** The attributes of the tenant. */
export const showAttributes = guarded(['admin', 'directory'], {
  method: 'get',
  path: '/v1/admin/attributes',
  summary: 'Lists the attributes',
  responses: { 200: { description: 'All attributes, ordered by name.', content: { 'application/json': listOf(attributeSchema) } } },
  async handle({ service, req, res, identity }) {
    const items = await listAttributes(service.context.database, identity.tenantId);
    await sendAnswer(req, res, jsonAnswer(200, { items, next: null }));
  },
});

/** One attribute. */
export const showAttribute = guarded(['admin', 'directory'], {
  method: 'get',
  path,
  summary: 'Shows one attribute',
  params: attributeParams,
  responses: { 200: { description: 'The attribute.', content } },
  async handle({ service, req, res, identity, params }) {
    const all = await listAttributes(service.context.database, identity.tenantId);
    const found = all.find(({ name }) => name === params.name);
    if (found === undefined) throw new Failure('notFound', { values: { what: 'attribute' } });
    await sendAnswer(req, res, jsonAnswer(200, found));
  },
});

/** An attribute that is defined, or defined anew. */
export const putAttribute = guarded(['admin'], {
  method: 'put',
  path,
  summary: 'Defines an attribute, or defines it anew',
  description: 'Values stay as they are, so the definition must take each of them.',
  params: attributeParams,
  json: attributeBody,
  responses: {
    200: { description: 'The attribute, which was there.', content },
    201: { description: 'The attribute, which is new.', content },
  },
  inspect: ({ params, sound: { type = 'list', options = [] } }) => {
    // Options that are missing, or wrong in shape, say nothing of a list that would have them.
    const problem = attributeProblem({ name: params.name, type: options.length > 0 ? type : 'text', options, required: false });
    return problem === null ? [] : [{ field: '', problem }];
  },
  async handle({ service, req, res, identity, params, json }) {
    const { before, after } = await setAttribute(service.context.database, identity, { ...json, name: params.name });
    await sendAnswer(req, res, jsonAnswer(before === null ? 201 : 200, after));
  },
});

/** An attribute that is removed. */
export const deleteAttribute = guarded(['admin'], {
  method: 'delete',
  path,
  summary: 'Removes an attribute of which nobody has a value',
  params: attributeParams,
  responses: { 200: { description: 'The attribute as it was.', content } },
  async handle({ service, req, res, identity, params }) {
    await sendAnswer(req, res, jsonAnswer(200, await dropAttribute(service.context.database, identity, params.name)));
  },
});
