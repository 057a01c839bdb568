import type { Request, Response } from 'express';
import type { HttpsService } from './service.ts';

/** One request on its way to its answer. */
export interface Exchange {
  readonly service: HttpsService;
  readonly req: Request;
  readonly res: Response;
}
