import { type CliengoError, isCliengoError } from "../errors/cliengo-error.ts";
import { AbortedError, TimeoutError } from "../errors/connection-errors.ts";
import type { RequestOptions } from "../request-options.ts";
import type { ApiRequest, ApiResponse } from "./api-request.ts";
import { checkNumbers } from "../check-options.ts";
import type { Attempt } from "./attempt.ts";
import { startDeadline } from "./deadline.ts";
import { sendRequest } from "./send-request.ts";
import type { TransportSettings } from "./transport-settings.ts";

/**
 * Sends a request until it is answered, within the client's rate, concurrency, attempts and time.
 *
 * What is repeated: GET and PUT, whose repetition changes nothing (the API's PUTs set absolute values), on every
 * retryable failure. DELETE only where the server says that it did nothing (429, 503): after a lost answer a repeat
 * would report 404 for a deletion that succeeded. POST and PATCH never: they could create a record or a log entry twice.
 * A request that was refused for its JWT was not carried out, so it is repeated once whatever its method.
 */
export async function retryRequest(
  settings: TransportSettings,
  request: ApiRequest,
  options: RequestOptions,
): Promise<ApiResponse> {
  const { clock, retry } = settings;
  const { signal } = options;
  const { maxAttempts = retry.maxAttempts, budget = retry.budget, timeout = settings.timeout } = options;
  const shown = { method: request.method, url: settings.redactor.text(request.url) };
  // What is left of the budget before the first attempt starts; from then on the deadline says so.
  let left = budget;
  let deadline: number | undefined;
  let renewed = false;
  let failure: CliengoError | undefined;
  const authenticate = async <T>(wait: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const startedAt = clock.now();
    const limit = startDeadline(clock, deadline === undefined ? left : deadline - startedAt, signal);
    try {
      return await wait(limit.signal);
    } catch (error) {
      if (signal?.aborted === true || !limit.hasPassed()) throw error;
      const message = `${shown.method} ${shown.url} waited for a JWT until its budget of ${budget} ms was spent.`;
      throw new TimeoutError(message, { request: shown, hint: "Try later, or raise `budget`." });
    } finally {
      limit.stop();
      left -= clock.now() - startedAt;
    }
  };
  try {
    checkNumbers("", { maxAttempts, budget, timeout });
    const { authentication } = settings;
    for (let attempt = 1; ; attempt++) {
      // Before a place is taken: the exchange of a key for a JWT needs one itself.
      const credential = authentication && (authentication.fixed ?? (await authenticate(authentication.current)));
      const leave = await settings.concurrency.enter(signal);
      try {
        await settings.rateLimiter.take(deadline === undefined ? left : deadline - clock.now(), signal);
        signal?.throwIfAborted();
        // The time spent in line is not the request's.
        deadline ??= clock.now() + left;
        const time = Math.min(timeout, deadline - clock.now());
        // The line was longer than the time that was left.
        if (failure !== undefined && time <= 0) throw failure;
        const sent: Attempt = { number: attempt, timeout: Math.max(1, time), signal, credential, shown };
        return await sendRequest(settings, request, sent);
      } catch (error) {
        if (signal?.aborted === true || !isCliengoError(error)) throw error;
        failure = error;
      } finally {
        leave();
      }

      if (failure.status === 401 && !renewed && credential !== undefined && authentication !== undefined) {
        renewed = await authenticate((limit) => authentication.renew(credential, limit));
        if (renewed) continue;
      }
      const delay = delayBefore(settings, failure, attempt + 1);
      const isLast = attempt >= maxAttempts || clock.now() + delay >= (deadline ?? 0);
      if (isLast || !mayRepeat(failure, request.method)) throw failure;
      settings.hooks.onRetry?.({ ...shown, attempt, error: failure, delay });
      await clock.sleep(delay, signal);
    }
  } catch (error) {
    // The reason itself may be one of our errors.
    if (signal?.aborted !== true || (isCliengoError(error) && error !== signal.reason)) throw error;
    throw new AbortedError(`${shown.method} ${shown.url} was aborted by its caller.`, {
      request: shown,
      cause: signal.reason,
    });
  }
}

function mayRepeat(failure: CliengoError, method: string): boolean {
  if (!failure.retryable) return false;
  if (method === "GET" || method === "PUT") return true;
  return method === "DELETE" && (failure.status === 429 || failure.status === 503);
}

/** The server's wish, capped; else full jitter: a random part of a wait that doubles. */
function delayBefore(settings: TransportSettings, failure: CliengoError, attempt: number): number {
  const { baseDelay, maxDelay, maxRetryAfter } = settings.retry;
  const jitter = settings.random() * Math.min(maxDelay, baseDelay * 2 ** (attempt - 2));
  if (failure.retryAfter === undefined) return jitter;
  const delay = Math.min(failure.retryAfter, maxRetryAfter);
  // Whoever else waits in line would only be refused too. A refusal for good says nothing about others.
  if (failure.retryable) settings.rateLimiter.pause(delay);
  return delay;
}
