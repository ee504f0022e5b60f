import { ConnectionError, TimeoutError } from "../errors/connection-errors.ts";
import { type CliengoErrorDetails, type FailedRequest, isCliengoError } from "../errors/cliengo-error.ts";
import { errorFromResponse } from "../errors/error-from-response.ts";
import { type ApiRequest, type ApiResponse, requestIdOf } from "./api-request.ts";
import type { Attempt } from "./attempt.ts";
import { type Deadline, startDeadline } from "./deadline.ts";
import { describeFailure } from "./describe-failure.ts";
import { fetchSameOrigin } from "./fetch-same-origin.ts";
import { parseRetryAfter } from "./parse-retry-after.ts";
import { emptyBody, type ReadBody, readBody } from "./read-body.ts";
import { readJsonBody } from "./read-json-body.ts";
import type { TransportSettings } from "./transport-settings.ts";

// More than this of an error's body is not read: it only feeds the message.
const errorBodyCap = 64 * 1024;

/** Sends a request once and reads the whole answer; throws a `CliengoError` for every failure but an abort. */
export async function sendRequest(
  settings: TransportSettings,
  request: ApiRequest,
  attempt: Attempt,
): Promise<ApiResponse> {
  const { clock, hooks, redactor } = settings;
  const { shown } = attempt;
  const deadline = startDeadline(clock, attempt.timeout, attempt.signal);
  const startedAt = clock.now();
  try {
    hooks.onRequest?.({ ...shown, attempt: attempt.number });
    const { response, body } = await receive(settings, request, deadline, attempt);
    const details = {
      request: shown,
      status: response.status,
      attempts: attempt.number,
      requestId: redactor.text(requestIdOf(response.headers) ?? "").slice(0, 200) || undefined,
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
        details: { ...details, retryAfter: parseRetryAfter(response.headers, clock.now()) },
        offset: Number(new URL(request.url).searchParams.get("offset")),
      });
    }
    const json = readJsonBody(settings, request.method, response, body, details);
    return { ...details, headers: response.headers, bytes: body.bytes, json };
  } finally {
    deadline.stop();
  }
}

async function receive(
  settings: TransportSettings,
  request: ApiRequest,
  deadline: Deadline,
  attempt: Attempt,
): Promise<{ response: Response; body: ReadBody }> {
  const { shown } = attempt;
  const context = { request: shown, attempts: attempt.number };
  let response: Response | undefined;
  try {
    response = await fetchSameOrigin(settings, request, attempt, deadline.signal);
    const cap = response.ok ? settings.limits.bodyBytes : errorBodyCap;
    const announced = Number(response.headers.get("content-length") ?? 0);
    if (response.ok && announced > cap) {
      // Not awaited: nothing depends on it.
      response.body?.cancel().catch(() => undefined);
      return { response, body: { ...emptyBody, exceeded: true } };
    }
    return { response, body: await readBody(response, cap, deadline.signal) };
  } catch (error) {
    if (attempt.signal?.aborted === true) throw attempt.signal.reason;
    // A status is worth more than a body that only explains it.
    if (response !== undefined && !response.ok) {
      return { response, body: emptyBody };
    }
    if (deadline.hasPassed()) {
      throw new TimeoutError(`${shown.method} ${shown.url} took longer than ${attempt.timeout} ms.`, {
        ...context,
        hint: "Raise `timeout`, or lower `limit`.",
      });
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
  const what = answered ? "broke off" : "got no answer";
  return new ConnectionError(`${context.request.method} ${context.request.url} ${what}: ${why}.`, {
    ...context,
    cause,
    hint: "Check the network and `baseUrl`.",
  });
}

// `fetch` hides the reason: "fetch failed" with the system's error as its cause.
function innermost(error: Error): Error {
  return error.cause instanceof Error ? innermost(error.cause) : error;
}
