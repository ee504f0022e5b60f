import type { Credential } from "../authentication.ts";
import { ConnectionError, TimeoutError } from "../errors/connection-errors.ts";
import { type CliengoErrorDetails, type FailedRequest, isCliengoError } from "../errors/cliengo-error.ts";
import { errorFromResponse } from "../errors/error-from-response.ts";
import { type ApiRequest, type ApiResponse, requestIdOf } from "./api-request.ts";
import { describeFailure } from "./describe-failure.ts";
import { fetchSameOrigin } from "./fetch-same-origin.ts";
import { parseRetryAfter } from "./parse-retry-after.ts";
import { type ReadBody, readBody } from "./read-body.ts";
import { readJsonBody, tooLarge } from "./read-json-body.ts";
import type { TransportSettings } from "./transport-settings.ts";

// More than this of an error's body is not read: it only feeds the message.
const errorBodyCap = 64 * 1024;

/** One attempt: its number, its time, and who may stop it. */
export interface Attempt {
  readonly number: number;
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request once and reads the whole answer; throws a `CliengoError` for every failure but an abort. */
export async function sendRequest(
  settings: TransportSettings,
  request: ApiRequest,
  credential: Credential | undefined,
  attempt: Attempt,
): Promise<ApiResponse> {
  const { clock, hooks, redactor } = settings;
  const shown: FailedRequest = { method: request.method, url: redactor.text(request.url) };
  const deadline = startDeadline(settings, attempt);
  const startedAt = clock.now();
  try {
    hooks.onRequest?.({ ...shown, attempt: attempt.number });
    const { response, body } = await receive(settings, request, credential, deadline, shown, attempt);
    const details: CliengoErrorDetails & { request: FailedRequest } = {
      request: shown,
      status: response.status,
      attempts: attempt.number,
      requestId: mapDefined(requestIdOf(response.headers), (id) => redactor.text(id)),
    };
    hooks.onResponse?.({
      ...shown,
      attempt: attempt.number,
      status: response.status,
      requestId: details.requestId,
      bytes: body.bytes.byteLength,
      milliseconds: clock.now() - startedAt,
    });
    if (!response.ok) {
      throw errorFromResponse({
        status: response.status,
        detail: describeFailure(body.bytes, redactor),
        details,
        offset: offsetOf(request.url),
        retryAfter: parseRetryAfter(response.headers, clock.now()),
      });
    }
    const json = readJsonBody(settings, request.method, response, body, details);
    return { status: response.status, headers: response.headers, bytes: body.bytes, json, request: shown };
  } finally {
    deadline.stop();
  }
}

interface Deadline {
  readonly signal: AbortSignal;
  hasPassed(): boolean;
  stop(): void;
}

/** A signal that follows the caller's and the attempt's time. */
function startDeadline(settings: TransportSettings, attempt: Attempt): Deadline {
  const timer = new AbortController();
  const stopped = new AbortController();
  settings.clock.sleep(attempt.timeout, stopped.signal).then(
    () => timer.abort(new Error("The attempt took too long.")),
    () => undefined,
  );
  return {
    signal: attempt.signal === undefined ? timer.signal : AbortSignal.any([attempt.signal, timer.signal]),
    hasPassed: () => timer.signal.aborted,
    stop: () => stopped.abort(),
  };
}

async function receive(
  settings: TransportSettings,
  request: ApiRequest,
  credential: Credential | undefined,
  deadline: Deadline,
  shown: FailedRequest,
  attempt: Attempt,
): Promise<{ response: Response; body: ReadBody }> {
  const context = { request: shown, attempts: attempt.number };
  let response: Response | undefined;
  try {
    response = await fetchSameOrigin(settings, request, credential, deadline.signal, shown);
    const cap = response.ok ? settings.limits.bodyBytes : errorBodyCap;
    const announced = Number(response.headers.get("content-length") ?? 0);
    if (response.ok && announced > cap) {
      await response.body?.cancel();
      throw tooLarge(cap, 0, new Uint8Array(0), { ...context, status: response.status }, settings.redactor);
    }
    return { response, body: await readBody(response, cap, deadline.signal) };
  } catch (error) {
    if (attempt.signal?.aborted === true) throw attempt.signal.reason;
    if (deadline.hasPassed()) {
      throw new TimeoutError(`${shown.method} ${shown.url} took longer than ${attempt.timeout} ms.`, {
        ...context,
        hint: "Raise `timeout`, or ask for smaller pages by `limit`.",
      });
    }
    // A status is worth more than a body that only explains it.
    if (response !== undefined && !response.ok) {
      return { response, body: { bytes: new Uint8Array(0), exceeded: false } };
    }
    throw asConnectionError(error, response !== undefined, context, settings);
  }
}

function asConnectionError(
  error: unknown,
  answered: boolean,
  context: CliengoErrorDetails & { request: FailedRequest },
  settings: TransportSettings,
): unknown {
  // Ours already: a redirect, a body beyond its cap.
  if (isCliengoError(error)) return error;
  const cause = settings.redactor.cause(error);
  const why = cause instanceof Error ? innermost(cause).message : "no reason given";
  const what = answered ? "broke off in the middle of the answer" : "got no answer";
  return new ConnectionError(`${context.request.method} ${context.request.url} ${what}: ${why}.`, {
    ...context,
    cause,
    hint: "Check the network, the base URL and any proxy between.",
  });
}

// `fetch` hides the reason: "fetch failed" with the system's error as its cause.
function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}

function offsetOf(url: string): number | undefined {
  return mapDefined(new URL(url).searchParams.get("offset") ?? undefined, Number);
}

function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}
