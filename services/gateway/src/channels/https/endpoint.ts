import type { Identity } from '@rosterport/access';
import type { Failure, FieldProblem, Scope } from '@rosterport/domain';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { authenticate, requireAnyScope } from './authenticate.ts';
import type { Exchange } from './exchange.ts';
import { readBody } from './read-body.ts';
import { readJson } from './read-json.ts';
import { readPart, type Read } from './read-part.ts';
import type { HttpsService } from './service.ts';
import type { Sound } from './sound-part.ts';
import { tellQuota } from './tell-quota.ts';

/** The schemas of what a request says. */
interface Parts<Params extends z.ZodObject, Query extends z.ZodObject, Headers extends z.ZodObject, Json extends z.ZodObject> {
  readonly params?: Params;
  /** Strict: what it does not name is refused. */
  readonly query?: Query;
  /** By lower-case name; what it does not name is let pass. */
  readonly headers?: Headers;
  /** A body in JSON. Strict: what it does not name is refused. */
  readonly json?: Json;
}

/** What an endpoint may answer, by media type. */
export interface Described {
  readonly description: string;
  readonly content?: Readonly<Record<string, z.ZodType>>;
  /** Headers that the answer bears, with what they mean. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the API description says of an endpoint, and how it refuses. */
interface About {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** In the form of OpenAPI: `/v1/jobs/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** The request's body by media type, where it is not JSON. */
  readonly body?: Readonly<Record<string, z.ZodType>>;
  readonly responses: Readonly<Record<number, Described>>;
  /** The answer to a failure where it is not the ordinary problem; `null` where it is. */
  readonly refusal?: (failure: Failure) => Answer | null;
}

/** An endpoint as the app and the API description see it. */
export interface Endpoint extends About {
  /** Any of these is enough; `null` when no credential is needed. */
  readonly scopes: readonly [Scope, ...Scope[]] | null;
  readonly parts: Omit<Parts<z.ZodObject, z.ZodObject, z.ZodObject, z.ZodObject>, 'json'>;
  /** Answers the request. What it throws is answered by the app. */
  run(exchange: Exchange): Promise<void>;
}

/** A request that has been understood. */
export interface Call<Params extends z.ZodObject, Query extends z.ZodObject, Headers extends z.ZodObject, Json extends z.ZodObject>
  extends Exchange {
  readonly identity: Identity;
  readonly params: Read<Params>;
  readonly query: Read<Query>;
  readonly headers: Read<Headers>;
  readonly json: Read<Json>;
}

/** A request whose body is not right in shape, with the fields that are. */
export interface Flawed<Params extends z.ZodObject, Json extends z.ZodObject> {
  readonly service: HttpsService;
  readonly identity: Identity;
  readonly params: Read<Params>;
  readonly sound: Sound<Json>;
  /** The whole body. */
  readonly sent: unknown;
}

const nothing = z.strictObject({});

type Nothing = typeof nothing;

/** An endpoint for credentials with any of the scopes. The credential is looked at before anything else. */
export function guarded<
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Headers extends z.ZodObject = Nothing,
  Json extends z.ZodObject = Nothing,
>(
  scopes: readonly [Scope, ...Scope[]],
  wanted: About &
    Parts<Params, Query, Headers, Json> & {
      readonly handle: (call: Call<Params, Query, Headers, Json>) => Promise<void>;
      /** Judges the values of a body that is wrong in shape as far as can be, so that all problems are told at once. */
      readonly inspect?: (flawed: Flawed<Params, Json>) => Promise<readonly FieldProblem[]> | readonly FieldProblem[];
    },
): Endpoint {
  const { params, query, headers, json, handle, inspect, ...about } = wanted;
  return {
    ...about,
    ...(json === undefined ? {} : { body: { 'application/json': json } }),
    scopes,
    parts: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(headers === undefined ? {} : { headers }),
    },
    async run(exchange) {
      const identity = await authenticate(exchange.service, exchange.req);
      requireAnyScope(identity, scopes);
      const head = {
        params: readPart((params ?? nothing) as Params, exchange.req.params),
        query: readPart((query ?? nothing) as Query, exchange.req.query),
        headers: readPart((headers ?? z.object({})) as Headers, exchange.req.headers),
      };
      const sent = json === undefined ? {} : await readJson(exchange);
      const { service } = exchange;
      const judge = (sound: Sound<Json>) => inspect?.({ service, identity, params: head.params, sound, sent }) ?? [];
      const call = { ...exchange, identity, ...head, json: await readBody((json ?? nothing) as Json, sent, judge) };
      try {
        await handle(call);
      } catch (error) {
        tellQuota(service.context.log, identity.tenantId, error);
        throw error;
      }
    },
  };
}

/** An endpoint for everybody. It takes no query. */
export function unguarded(wanted: About & { readonly handle: (exchange: Exchange) => Promise<void> }): Endpoint {
  const { handle, ...about } = wanted;
  return { ...about, scopes: null, parts: {}, run: handle };
}
