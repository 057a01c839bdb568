import { Failure } from '@rosterport/domain';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { randomUUID } from 'node:crypto';
import type { Endpoint } from './endpoint.ts';
import { answerFailure } from './answer-failure.ts';
import { measure } from './measure.ts';
import type { HttpsService } from './service.ts';

/** Makes the Express app of the endpoints. Whatever is thrown in it is answered, and nothing of it is shown or logged raw. */
export function makeApp(service: HttpsService, endpoints: readonly Endpoint[]): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').set('query parser', 'simple');
  app.use((req, res, next) => {
    measure(service.context.metrics, req, res);
    res.set({ 'X-Request-Id': randomUUID(), 'Cache-Control': 'no-store' });
    if (service.stopping.aborted) res.set('Connection', 'close');
    next();
  });
  app.use(helmet({ strictTransportSecurity: { includeSubDomains: false } }));
  app.use(limitRequests(service));
  for (const path of new Set(endpoints.map((endpoint) => endpoint.path))) {
    addRoute(app, service, endpoints.filter((endpoint) => endpoint.path === path));
  }
  app.use(() => {
    throw new Failure('notFound', { values: { what: 'resource' } });
  });
  // eslint-disable-next-line max-params -- Express knows an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => answerFailure({ service, req, res }, { error }));
  return app;
}

function limitRequests(service: HttpsService): express.RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: service.requestsPerMinute,
    standardHeaders: false,
    legacyHeaders: false,
    // Nobody but a proxy that we trust may name another address than that of the connection.
    keyGenerator: (req) => ipKeyGenerator(service.addressOf(req.socket)),
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: () => {
      throw new Failure('tooManyRequests');
    },
  });
}

function addRoute(app: Express, service: HttpsService, endpoints: readonly Endpoint[]): void {
  const path = endpoints[0]?.path.replaceAll(/\{(\w+)\}/g, ':$1') ?? '';
  const route = app.route(path);
  for (const endpoint of endpoints) {
    route[endpoint.method](async (req, res) => {
      const work = answer(service, endpoint, { req, res });
      service.inHand.add(work);
      await work.finally(() => service.inHand.delete(work));
    });
  }
  const allowed = endpoints.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
  route.all(async (req, res) => {
    const failure = new Failure('requestInvalid', { values: { problem: `this address takes only ${allowed}` } });
    await answerFailure({ service, req, res }, { error: failure, status: 405, headers: { Allow: allowed } });
  });
}

async function answer(
  service: HttpsService,
  endpoint: Endpoint,
  { req, res }: { readonly req: Request; readonly res: Response },
): Promise<void> {
  try {
    if (service.stopping.aborted && endpoint.scopes !== null) throw new Failure('stopping');
    await endpoint.run({ service, req, res });
  } catch (error) {
    await answerFailure({ service, req, res }, { error, endpoint });
  }
}
