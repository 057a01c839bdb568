import type { Failure } from '@rosterport/domain';
import { sendAnswer } from './answer.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { failureOf, problemAnswer } from './problem.ts';

/** What went wrong, and how it is to be said. */
interface Fault {
  readonly error: unknown;
  /** The endpoint that was at work. */
  readonly endpoint?: Endpoint;
  /** Instead of the status of the failure's kind. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers a request that failed. Faults of ours are logged; never with the message of a library, which may quote data. */
export async function answerFailure({ service, req, res }: Exchange, fault: Fault): Promise<void> {
  const failure = failureOf(fault.error);
  const requestId = String(res.getHeader('X-Request-Id'));
  if (!isDeparture(failure, res) && (failure.kind === 'broken' || failure.kind === 'unavailable')) {
    const fields = { requestId, method: req.method, path: fault.endpoint?.path ?? null, ...traceOf(failure) };
    if (failure.kind === 'broken') service.context.log.error('A request broke', fields);
    else service.context.log.warn('A request could not be served', fields);
  }
  if (res.headersSent) {
    // Half an answer must not look like a whole one.
    res.destroy();
    return;
  }
  const { status } = fault;
  const answer =
    fault.endpoint?.refusal?.(failure) ?? problemAnswer(failure, { requestId, ...(status === undefined ? {} : { status }) });
  res.removeHeader('Content-Disposition');
  await sendAnswer(req, res, { ...answer, headers: { ...answer.headers, ...fault.headers } });
}

/** What streams throw when their other side has gone. */
const departures = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE']);

/** True when nothing broke but the connection to the sender. */
function isDeparture({ cause }: Failure, res: Exchange['res']): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return res.destroyed && typeof code === 'string' && departures.has(code);
}

/** What helps to find the fault and cannot hold data: codes, and the places in the program. */
function traceOf(failure: Failure): Readonly<Record<string, unknown>> {
  const { cause } = failure;
  if (!(cause instanceof Error)) return { code: failure.code };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  // The stack begins with the message.
  const frames = (cause.stack ?? '').split(cause.message).at(-1)?.split('\n') ?? [];
  const places = frames.map((line) => line.trim()).filter((line) => /^at .*:\d+:\d+\)?$/.test(line));
  return { code: failure.code, cause: cause.name, causeCode: code, at: places.slice(0, 6) };
}
