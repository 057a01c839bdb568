import { z } from 'zod';
import { jsonAnswer, sendAnswer } from './answer.ts';
import { unguarded } from './endpoint.ts';

const parts = z.record(z.string(), z.boolean());
const readySchema = z.strictObject({ ready: z.boolean(), parts });

/** Whether the process lives. */
export const healthz = unguarded({
  method: 'get',
  path: '/healthz',
  summary: 'Answers as long as the process lives',
  responses: { 200: { description: 'It lives.', content: { 'text/plain': z.string() } } },
  handle: ({ req, res }) => sendAnswer(req, res, { status: 200, type: 'text/plain; charset=utf-8', body: 'ok\n' }),
});

/** Whether files can be taken and processed. */
export const readyz = unguarded({
  method: 'get',
  path: '/readyz',
  summary: 'Tells whether every part works',
  responses: {
    200: { description: 'All parts work.', content: { 'application/json': readySchema } },
    503: { description: 'Some part does not work, or the server is stopping.', content: { 'application/json': readySchema } },
  },
  async handle({ service, req, res }) {
    const found = { ...(await service.readiness()), https: !service.stopping.aborted };
    const ready = Object.values(found).every(Boolean);
    await sendAnswer(req, res, jsonAnswer(ready ? 200 : 503, { ready, parts: found }));
  },
});

/** The numbers of the process. */
export const metrics = unguarded({
  method: 'get',
  path: '/metrics',
  summary: 'Gives the metrics for Prometheus',
  responses: { 200: { description: 'The metrics.', content: { 'text/plain': z.string() } } },
  async handle({ service, req, res }) {
    const { contentType } = service.context.metrics;
    await sendAnswer(req, res, { status: 200, type: contentType, body: await service.context.metrics.text() });
  },
});
