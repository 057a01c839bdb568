import { OpenAPIRegistry, OpenApiGeneratorV31, type ResponseConfig } from '@asteasolutions/zod-to-openapi';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { unguarded, type Described, type Endpoint } from './endpoint.ts';
import { problemSchema } from './schemas.ts';
import { z } from 'zod';

const about = {
  openapi: '3.1.0',
  info: {
    title: 'Rosterport',
    version: '1',
    description: 'Send files with people and groups, and read what became of each row.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
} as const;

const problem: ResponseConfig = {
  description: 'A problem (RFC 9457).',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** Describes the endpoints in OpenAPI 3.1, by the very schemas that read their requests. */
export function describeApi(endpoints: readonly Endpoint[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'An API token. The word `Bearer` before it may be left out.',
  });
  for (const endpoint of endpoints) register(registry, endpoint);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument(about);
}

function register(registry: OpenAPIRegistry, endpoint: Endpoint): void {
  const { method, path, summary, description, parts, body, scopes, responses } = endpoint;
  const scopesWord = scopes === null ? [] : [`Needs the scope ${scopes.map((scope) => `\`${scope}\``).join(' or ')}.`];
  registry.registerPath({
    ...{ method, path, summary },
    description: [...(description === undefined ? [] : [description]), ...scopesWord].join(' '),
    security: scopes === null ? [] : [{ token: [] }],
    request: { ...parts, ...(body === undefined ? {} : { body: { content: contentOf(body), required: true } }) },
    responses: {
      ...Object.fromEntries(Object.entries(responses).map(([status, described]) => [status, responseOf(described)])),
      default: problem,
    },
  });
}

function responseOf({ description, content, headers }: Described): ResponseConfig {
  return {
    description,
    ...(content === undefined ? {} : { content: contentOf(content) }),
    ...(headers === undefined ? {} : { headers: z.object(headersOf(headers)) }),
  };
}

function headersOf(headers: Readonly<Record<string, string>>): Record<string, z.ZodType> {
  const named = Object.entries(headers).map(([name, description]) => [name, z.string().meta({ description })] as const);
  return Object.fromEntries(named);
}

function contentOf(content: Readonly<Record<string, z.ZodType>>): Record<string, { schema: z.ZodType }> {
  return Object.fromEntries(Object.entries(content).map(([type, schema]) => [type, { schema }]));
}

/** The endpoint that gives the description of all endpoints. */
export function openApi(endpoints: () => readonly Endpoint[]): Endpoint {
  let document: object | undefined;
  return unguarded({
    method: 'get',
    path: '/openapi.json',
    summary: 'Describes this API',
    responses: {
      200: { description: 'An OpenAPI 3.1 document.', content: { 'application/json': z.record(z.string(), z.unknown()) } },
    },
    async handle({ req, res }) {
      document ??= describeApi(endpoints());
      await sendAnswer(req, res, jsonAnswer(200, document));
    },
  });
}
