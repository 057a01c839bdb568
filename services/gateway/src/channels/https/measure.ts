import type { Metrics } from '@rosterport/runtime';
import type { Request, Response } from 'express';

const methods = ['GET', 'HEAD', 'POST'] as const;

/** Counts a request and takes its time when its exchange ends. */
export function measure(metrics: Metrics, req: Request, res: Response): void {
  const begun = performance.now();
  // A stranger must not be able to make new series.
  const method = methods.find((known) => known === req.method) ?? 'other';
  res.once('close', () => {
    metrics.count('rosterport_http_requests_total', { method, status: res.statusCode });
    metrics.observe('rosterport_http_request_seconds', { method }, (performance.now() - begun) / 1_000);
  });
}
